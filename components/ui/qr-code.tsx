// A QR code. It is loaded when somebody asks for one, so that no screen carries the encoder to its first frame.
import { encode } from 'uqr';

/** White around the code, in modules: scanners need four (ISO/IEC 18004). */
const QUIET = 4;

/** @param label for those who do not see it */
export function QrCode({ text, label, className }: { text: string; label: string; className: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const dark = data.flatMap((row, y) => row.flatMap((module, x) => (module ? [`M${x} ${y}h1v1h-1z`] : [])));
  // Black on white in every look: many scanners read no other.
  return (
    <svg
      role="img"
      aria-label={label}
      data-qr={text}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={className}
    >
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={dark.join('')} />
    </svg>
  );
}
