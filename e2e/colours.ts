// Whether colours can be told apart, read from the browser's picture.
import { expect, type Page } from '@playwright/test';
import sharp from 'sharp';

/** The median colour of a part of a picture. @returns red, green and blue, 0 to 255 */
async function medianColour(
  picture: Buffer,
  part: { x: number; y: number; width: number; height: number },
): Promise<number[]> {
  const [left, top, width, height] = [part.x, part.y, part.width, part.height].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  const { data, info } = await sharp(picture)
    .extract({ left, top, width, height })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [0, 1, 2].map((channel) => {
    const values = Array.from(
      { length: info.width * info.height },
      (_, pixel) => data[pixel * info.channels + channel]!,
    ).sort((a, b) => a - b);
    return values[values.length >> 1]!;
  });
}

/**
 * Expects that the median colours of these places, as people with this kind of vision see them, are too far apart to be
 * confused.
 */
export async function expectApart(page: Page, vision: string, places: string[]): Promise<void> {
  const boxes = await Promise.all(places.map((place) => page.locator(place).first().boundingBox({ timeout: 5000 })));
  const picture = await page.screenshot();
  const colours = await Promise.all(boxes.map((box) => medianColour(picture, box!)));
  for (const [index, one] of colours.entries()) {
    for (const [other, colour] of colours.entries()) {
      if (other > index)
        expect(
          Math.hypot(...one.map((value, channel) => value - colour[channel]!)),
          `${vision}: ${places[index]} and ${places[other]}`,
        ).toBeGreaterThan(25);
    }
  }
}
