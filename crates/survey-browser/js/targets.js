// WCAG 2.2 SC 2.5.8 Target Size (Minimum): smaller than 24 by 24 CSS pixels, except where a circle
// of 24 px around its centre meets no other target (Spacing), where it stands in a sentence
// (Inline), or where the browser itself made it that size (User Agent Control).
const MINIMUM = 24;
const POINTER =
  "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [onclick], " +
  "[role=button], [role=link], [role=checkbox], [role=radio], [role=tab], [role=menuitem], [role=menuitemcheckbox], " +
  "[role=menuitemradio], [role=option], [role=switch], [role=slider], [role=spinbutton], [role=combobox]";

const before = read(Node.prototype, "previousSibling");
const after = read(Node.prototype, "nextSibling");

const size = (element) => {
  let { left, top, right, bottom } = box(element);
  // An inline link around a picture is as large as the picture.
  for (const child of find("img, svg, picture, video, canvas, button, div, span", element).slice(0, 20)) {
    const inner = box(child);
    if (inner.width === 0 || inner.height === 0) continue;
    left = Math.min(left, inner.left);
    top = Math.min(top, inner.top);
    right = Math.max(right, inner.right);
    bottom = Math.max(bottom, inner.bottom);
  }
  return { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
};
const letters = (text) => text.replace(/[\s\p{P}\p{S}]+/gu, "").length;
const inline = (element) => getComputedStyle(element).display === "inline";
const inSentence = (element) => {
  if (!inline(element)) return false;
  let part = element;
  while (parentOf(part) && inline(parentOf(part))) part = parentOf(part);
  // The words that run on before and after it, as far as the next block or break.
  let others = letters(textOf(part)) - letters(textOf(element));
  for (const step of [before, after]) {
    let steps = 0;
    for (let node = step(part); node && others <= 0 && steps < 50; node = step(node), steps += 1) {
      if (node instanceof Text) others += letters(textOf(node));
      if (!(node instanceof Element)) continue;
      if (matches(node, "br, hr") || !inline(node)) break;
      if (!matches(node, POINTER)) others += letters(textOf(node));
    }
  }
  return others > 0;
};
const madeByBrowser = (element) => {
  if (!matches(element, "input[type=checkbox], input[type=radio]")) return false;
  const style = getComputedStyle(element);
  return style.appearance !== "none" && style.width === "13px" && style.height === "13px";
};

const targets = [];
for (const element of elements()) {
  if (targets.length >= 3000) break;
  if (!matches(element, POINTER) || matches(element, ":disabled") || !visible(element)) continue;
  if (getComputedStyle(element).pointerEvents === "none") continue;
  const area = size(element);
  if (area.right <= 0 || area.bottom <= 0) continue; // parked outside, as skip links are
  const width = area.right - area.left;
  const height = area.bottom - area.top;
  if (width <= 1 || height <= 1) continue; // visually hidden
  const small = width < MINIMUM - 0.5 || height < MINIMUM - 0.5;
  targets.push({ element, area, small, x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 });
}
const touches = (one, other) => {
  if (one === other || contains(one.element, other.element) || contains(other.element, one.element)) return false;
  if (other.small) return Math.hypot(one.x - other.x, one.y - other.y) < MINIMUM;
  const dx = Math.max(other.area.left - one.x, 0, one.x - other.area.right);
  const dy = Math.max(other.area.top - one.y, 0, one.y - other.area.bottom);
  return Math.hypot(dx, dy) < MINIMUM / 2;
};
let failing = 0;
for (const target of targets) {
  if (!target.small || madeByBrowser(target.element) || inSentence(target.element)) continue;
  if (targets.some((other) => touches(target, other))) failing += 1;
}
return JSON.stringify({ small: failing, all: targets.length });
