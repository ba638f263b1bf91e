// Checks that hold for every screen in every state: nothing sticks out, nothing is cut, no words and no buttons lie below
// anything else, and axe finds no fault.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { expect, type Page } from '@playwright/test';
import { wholePage } from './screens.ts';

/** The minified one: it is read anew in every document. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 AA that a program can check. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * @param colours also checks contrasts. They take long on a page of hundreds of lines, and a shorter page has the same
 * ones.
 */
export async function expectAccessible(page: Page, { colours = true } = {}): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const found = await page.evaluate(
    async ([standards, colours]) => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
        resultTypes: ['violations'],
        runOnly: standards,
        rules: { 'color-contrast': { enabled: colours } },
      });
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`)
            .join(' | ')}`,
      );
    },
    [standards, colours] as const,
  );
  expect(found, 'what axe found').toEqual([]);
}

/** Every control must be at least this high and wide, in CSS pixels. */
export async function expectTargets(page: Page, least: number): Promise<void> {
  const small = await page.evaluate(
    (least) =>
      [...document.querySelectorAll<HTMLElement>('button, a[href], [role=button], [role=tab], select, input')]
        .filter(
          (element) =>
            element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
            !element.closest('[inert], [hidden]'),
        )
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.height < least - 0.5 || box.width < least - 0.5))
        .map(
          ({ element, box }) =>
            `${element.getAttribute('data-action') ?? element.textContent.trim().slice(0, 30)}: ${Math.round(box.width)} x ${Math.round(box.height)}`,
        ),
    least,
  );
  expect([...new Set(small)], `targets below ${least} px`).toEqual([]);
}

/** @param pages true for a screen that pages instead of scrolling: every card must be in view as a whole */
export async function expectLegible(page: Page, { pages = false } = {}): Promise<void> {
  await wholePage(page);
  expect(await page.evaluate(faultsOf, pages), 'what cannot be read').toEqual([]);
}

/** Runs in the page. */
function faultsOf(pages: boolean): string[] {
  const faults: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    faults.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
  const named = (element: Element) =>
    `${element.closest('article')?.getAttribute('aria-label')?.slice(0, 20) ?? ''} <${element.tagName.toLowerCase()}> “${(element.textContent ?? '').trim().slice(0, 60)}”`.trim();
  const shown = (element: HTMLElement) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 1.5;
  /** Words for screen readers are clipped to nothing on purpose. */
  const forEars = (element: HTMLElement) =>
    getComputedStyle(element).clipPath !== 'none' || getComputedStyle(element).clip !== 'auto';

  const cards = [...document.querySelectorAll<HTMLElement>('article')].filter(shown);
  for (const card of cards) {
    const box = card.getBoundingClientRect();
    if (box.left < -1 || box.right > root.clientWidth + 1) faults.push(`${named(card)} sticks out of the screen`);
    if (pages && (box.top < -1 || box.bottom > root.clientHeight + 1))
      faults.push(`${named(card)} is cut by the screen's edge`);
  }

  /** What covers other things on purpose: a sheet, the banner over a head that cannot be trusted, a moved card's cover. */
  const MEANT = 'dialog, [data-cause], [data-cover], [aria-modal]';
  /** A head that stays while a long page scrolls below it covers what is scrolled there. */
  const isMeant = (cover: Element) => {
    for (let part: Element | null = cover; part; part = part.parentElement)
      if (part.matches(MEANT) || (scrollY > 0 && getComputedStyle(part).position === 'sticky')) return true;
    return false;
  };
  const opaque = (element: Element) => {
    const [, alpha = '1'] = /rgba\(.*, ([\d.]+)\)/.exec(getComputedStyle(element).backgroundColor) ?? [];
    return Number(alpha) > 0.9 || element.matches(MEANT);
  };

  /** The element that covers this point of an element, or null. */
  const coverAt = (element: Element, x: number, y: number): Element | null => {
    let above = document.elementFromPoint(x, y);
    while (above && !above.contains(element)) {
      if (element.contains(above)) return null;
      if (opaque(above)) return above;
      above = above.parentElement;
    }
    return null;
  };

  /** True if the box lies behind something opaque that covers it on purpose, such as a banner or a sheet. */
  const covered = (element: HTMLElement, box: DOMRect) => {
    const cover = coverAt(element, box.left + box.width / 2, box.top + box.height / 2);
    if (cover && !isMeant(cover) && inWindow(element, box)) faults.push(`${named(cover)} lies over ${named(element)}`);
    return cover !== null;
  };

  /** Whether the middle of the box is out of a part of the page that clips or scrolls it. */
  const clippedAway = (element: Element, box: DOMRect) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    for (let clip = element.parentElement; clip && !clip.matches('body, html'); clip = clip.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(clip);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const edge = clip.getBoundingClientRect();
      if (x < edge.left || x > edge.right || y < edge.top || y > edge.bottom) return true;
    }
    return false;
  };
  const inWindow = (element: Element, box: DOMRect) =>
    box.left + box.width / 2 >= 0 &&
    box.top + box.height / 2 >= 0 &&
    box.left + box.width / 2 < root.clientWidth &&
    box.top + box.height / 2 < root.clientHeight &&
    !clippedAway(element, box);

  // A finger on the middle of a button that is in view reaches it.
  for (const one of document.querySelectorAll<HTMLElement>('button:not(:disabled), a[href]')) {
    if (!shown(one) || one.closest('[inert]')) continue;
    const box = one.getBoundingClientRect();
    if (!inWindow(one, box)) continue;
    const cover = coverAt(one, box.left + box.width / 2, box.top + box.height / 2);
    if (cover && !isMeant(cover)) faults.push(`${named(cover)} lies over the button ${named(one)}`);
  }

  const words: { element: HTMLElement; box: DOMRect }[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (
      !element ||
      !texts.currentNode.textContent?.trim() ||
      ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName) ||
      !shown(element) ||
      forEars(element)
    )
      continue;
    range.selectNodeContents(texts.currentNode);
    const boxes = [...range.getClientRects()].filter(
      (box) => box.width > 1 && box.height > 1 && !covered(element, box),
    );
    if (!boxes.length) continue;
    let inView = boxes;
    // Text that goes beyond the element that clips it: its own box, or one around it, up to the card. Text that is
    // clipped away as a whole is not shown and is no fault.
    for (let clip: HTMLElement | null = element; clip && inView.length; clip = clip.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(clip);
      if (overflowX !== 'visible' || overflowY !== 'visible') {
        const edge = clip.getBoundingClientRect();
        const scrolls = /auto|scroll/.test(overflowX + overflowY);
        // A line box is a little higher than its letters.
        const within = (box: DOMRect) =>
          box.left > edge.left - 1.5 &&
          box.right < edge.right + 1.5 &&
          box.bottom - box.height * 0.25 < edge.bottom &&
          box.top + box.height * 0.25 > edge.top;
        const partly = inView.filter(
          (box) =>
            box.left < edge.right - 1 &&
            box.right > edge.left + 1 &&
            box.top + box.height * 0.25 < edge.bottom &&
            box.bottom - box.height * 0.25 > edge.top,
        );
        // What a list cuts at its edge can be scrolled into view, whatever clips the list itself.
        if (
          partly.length &&
          !scrolls &&
          !inView.every(within) &&
          !clip.matches('body, html') &&
          !clip.hasAttribute('title')
        )
          faults.push(`${named(element)} is cut`);
        inView = partly.filter(within);
      }
      if (clip.tagName === 'ARTICLE') break;
    }
    for (const box of inView) if (!clippedAway(element, box)) words.push({ element, box });
  }

  for (const [index, one] of words.entries()) {
    for (const other of words.slice(index + 1)) {
      if (other.element === one.element) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > 2 && high > Math.min(one.box.height, other.box.height) * 0.4)
        faults.push(`${named(one.element)} and ${named(other.element)} lie over each other`);
    }
  }
  return [...new Set(faults)].slice(0, 12);
}
