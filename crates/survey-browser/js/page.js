// The facts of a loaded page: name, language, links, timing, size, chat and mixed content.
const metaNamed = (name) =>
  find("meta[name]").filter((meta) => attribute(meta, "name").trim().toLowerCase() === name).map((meta) => attribute(meta, "content"))[0];

const links = new Set();
for (const anchor of find("a[href], area[href]").slice(0, 20000)) {
  try {
    const url = new URL(attribute(anchor, "href"), read(Node.prototype, "baseURI")(anchor)).href;
    if (/^https?:/.test(url) && url.length <= 2048) links.add(url);
  } catch {}
  if (links.size >= 5000) break;
}

const insecure = [];
const sources = "img[src], script[src], iframe[src], audio[src], video[src], source[src], embed[src], track[src], input[type=image][src]";
for (const element of [...find(sources), ...find("link[rel~=stylesheet i][href]"), ...find("object[data]")]) {
  const url = cut(attribute(element, "src") ?? attribute(element, "href") ?? attribute(element, "data"), 2048);
  if (/^http:/i.test(url) && insecure.length < 100) insecure.push(url);
}

const chat = given.chat.filter(([, selectors]) => selectors.some((selector) => find(selector).length)).map(([name]) => name);

const largestPaint = () =>
  new Promise((resolve) => {
    const wait = setTimeout(() => resolve(null), 600);
    try {
      new PerformanceObserver((list) => {
        clearTimeout(wait);
        const last = list.getEntries().at(-1);
        resolve(last ? last.startTime : null);
      }).observe({ type: "largest-contentful-paint", buffered: true });
    } catch {
      resolve(null);
    }
  });
const timing = performance.getEntriesByType("navigation")[0];
const moment = (value) => (value > 0 ? Math.round(value) : null);
const lang = attribute(rootElement, "lang") ?? attribute(rootElement, "xml:lang");

return largestPaint().then((paint) =>
  JSON.stringify({
    type: read(Document.prototype, "contentType")(document),
    url: location.href,
    title: cut(read(Document.prototype, "title")(document), 500),
    lang: lang === null ? null : cut(lang, 50),
    viewport: metaNamed("viewport") === undefined ? null : cut(metaNamed("viewport"), 300),
    links: Array.from(links),
    insecure: location.protocol === "https:" ? insecure : [],
    chat,
    contentLoaded: moment(timing?.domContentLoadedEventEnd),
    load: moment(timing?.loadEventEnd),
    paint: moment(paint),
    height: Math.max(scrollHeightOf(rootElement), bodyElement ? scrollHeightOf(bodyElement) : 0),
    windowHeight: innerHeight,
  }),
);
