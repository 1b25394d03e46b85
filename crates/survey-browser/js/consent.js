// A consent banner: an element of a known product, or one that stays in front or says so by its
// name, holds a word for "cookie" and a button, and is no longer than a banner is.
const PRESSABLE = "button, [role=button], input[type=button], input[type=submit], a[class*=btn i], a[class*=button i], a[href^='#'], a[href^='javascript:' i], a:not([href])";

const inside = (root, selector) => {
  const found = find(selector, root);
  for (const host of [root, ...find("*", root).slice(0, 2000)]) {
    const shadow = shadowOf(host);
    if (shadow) found.push(...find(selector, shadow));
  }
  return found;
};
const nameOf = (element) =>
  cut(element instanceof HTMLInputElement ? attribute(element, "value") : innerTextOf(element) || attribute(element, "aria-label") || attribute(element, "title"), 80);
const buttonsOf = (element) =>
  inside(element, PRESSABLE).filter((button) => button instanceof HTMLElement && visible(button)).map(nameOf).filter((name) => name);
const mentions = (text) => {
  const lower = text.toLowerCase();
  return given.words.some((word) => lower.includes(word));
};
const inFront = (element) =>
  matches(element, "dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]") || ["fixed", "sticky"].includes(getComputedStyle(element).position);
// Some products wrap the banner in an element without a size of its own.
const shown = (element) => visible(element) || inside(element, "*").slice(0, 200).some(visible);

// A menu that stays in view may well have an entry about cookies.
const isPagePart = (element) =>
  matches(element, "header, nav, main, [role=banner], [role=navigation], [role=main]") || find("nav, main, [role=main]", element).length > 0;

const judge = (element, known) => {
  if (!known && isPagePart(element)) return null;
  if (matches(element, "html, body, main, script, style, iframe, a, button") || !shown(element)) return null;
  const text = cut(words(element), 4001);
  if (text.length < 15 || text.length > 4000 || !(known || mentions(text))) return null;
  const buttons = Array.from(new Set(buttonsOf(element))).slice(0, 20);
  return buttons.length || known ? { text: text.slice(0, 2000), buttons } : null;
};
for (const selector of given.products) {
  for (const element of find(selector)) {
    const banner = judge(element, true);
    if (banner) return JSON.stringify(banner);
  }
}
const signs = given.signs.join(", ");
const candidates = elements(20000).filter((element) => element instanceof HTMLElement);
for (const test of [inFront, (element) => matches(element, signs)]) {
  for (const element of candidates) {
    const banner = test(element) && judge(element, false);
    if (banner) return JSON.stringify(banner);
  }
}
return "null";
