// The look that should repeat over pages, and whether links in running text can be told from it.
const style = (element) => getComputedStyle(element);
const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
const clear = (colour) => colour === "transparent" || (channels(colour)[3] ?? 1) === 0;
// Relative luminance and contrast ratio of WCAG 2.2.
const luminance = (colour) => {
  const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const marked = (link, around) => {
  // The underline may be drawn by an element inside the link.
  for (const element of [link, ...find("*", link).slice(0, 5)]) {
    const look = style(element);
    if (look.textDecorationLine.includes("underline")) return true;
    if (look.borderBottomStyle !== "none" && parseFloat(look.borderBottomWidth) > 0) return true;
  }
  if (!clear(style(link).backgroundColor) && style(link).backgroundColor !== style(around).backgroundColor) return true;
  return contrast(style(link).color, style(around).color) >= 3;
};

const running = [];
for (const link of find("p a[href], li a[href], dd a[href], td a[href], div > a[href]")) {
  if (running.length >= 60) break;
  if (style(link).display !== "inline" || !cut(textOf(link), 10) || !visible(link)) continue;
  const around = parentOf(link);
  const linked = find("a[href]", around).reduce((sum, other) => sum + textOf(other).trim().length, 0);
  if (textOf(around).trim().length - linked >= 20) running.push([link, around]);
}
const told = running.filter(([link, around]) => marked(link, around)).length;
const body = style(bodyElement ?? rootElement);
const heading = find("h1, h2, h3").find(visible);
const link = running[0]?.[0] ?? find("main a[href], a[href]").find(visible);
const ground = [body.backgroundColor, style(rootElement).backgroundColor].find((colour) => !clear(colour));
return JSON.stringify({
  body_font: cut(body.fontFamily, 200),
  body_size_px: parseFloat(body.fontSize) || 0,
  heading_font: heading ? cut(style(heading).fontFamily, 200) : "",
  background: ground ?? "rgb(255, 255, 255)",
  link_colour: link ? style(link).color : "",
  links_recognisable: told >= running.length * 0.9,
});
