// The check of the browser, which runs before any script that starts a page. A browser that lacks a feature of the built
// pages is shown one sentence, and loads nothing more: it would otherwise show a board that never fills.
//
// The script is text, because no build may touch it: every browser since 2015 must be able to parse it (ES5), the very
// browsers that cannot parse our other scripts. `old-browser.test.ts` parses it as ES5.

/**
 * The oldest versions with all features of FEATURES. `.browserslistrc` says the same to the build, and
 * docs/CONFIGURATION.md to people.
 */
export const OLDEST = { chrome: '111', safari: '16.4', firefox: '128' };

/**
 * Features that the built pages need, each as an expression of ES5. They are those that came last to one of the three
 * engines:
 * - toSorted: Chrome 110, Safari 16, Firefox 115. Boards are sorted with it.
 * - color-mix: Chrome 111, Safari 16.2, Firefox 113. Tailwind makes translucent colours with it.
 * - registerProperty: Chrome 78, Safari 16.4, Firefox 128. It stands for `@property`, by which Tailwind sets borders,
 *   shadows and transforms.
 * - container-type: Chrome 105, Safari 16, Firefox 110. Heads choose their words by their own width.
 * - dvh: Chrome 108, Safari 15.4, Firefox 101. Every screen is one of these high.
 * - layers: Chrome 99, Safari 15.4, Firefox 97. All our styles are in layers.
 * - AbortSignal.timeout: Chrome 103, Safari 16, Firefox 100. Every call of the server ends by it.
 */
export const FEATURES = [
  'Array.prototype.toSorted',
  'window.CSS&&CSS.supports&&CSS.supports("color","color-mix(in oklab,red,blue)")',
  'CSS.registerProperty',
  'CSS.supports("container-type","inline-size")',
  'CSS.supports("height","1dvh")',
  'window.CSSLayerBlockRule',
  'window.AbortSignal&&AbortSignal.timeout',
];

/**
 * Everything else that was loaded is dropped: the page's own scripts would fail, and show their own faults. The styles
 * are set by the script, because a page's policy refuses a style attribute.
 * @param sentence is written as text, never as HTML
 */
export const oldBrowserScript = (sentence: string): string =>
  `(function(){` +
  `var d=document,r=d.documentElement,ok=false;` +
  `try{ok=!!(${FEATURES.map((feature) => `(${feature})`).join('&&')})}catch(e){}` +
  `if(ok)return;` +
  `var b=d.createElement("body"),p=d.createElement("h1");` +
  `p.id="old-browser";p.setAttribute("role","alert");` +
  `p.appendChild(d.createTextNode(${textOf(sentence)}));` +
  `p.style.cssText="max-width:36em;margin:15% auto;padding:0 1em;font:bold 24px/1.4 sans-serif;color:#10161d";` +
  `b.style.background="#fff";b.appendChild(p);` +
  `while(r.firstChild)r.removeChild(r.firstChild);` +
  `r.style.background="#fff";r.appendChild(b);` +
  `if(window.stop)window.stop();else if(d.execCommand)d.execCommand("Stop");` +
  `})()`;

/** The text as a literal that ends neither the script element nor, in ES5, the line. */
const textOf = (text: string): string =>
  JSON.stringify(text).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
