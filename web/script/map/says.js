/** Words of the page by their name; # and ## are put in. */
export function words(says) {
  return (word, one = '', two = '') => says[word].replace('##', two).replace('#', one);
}

/** "1.2 km" as people of this language write it. */
export function length(metres, lang) {
  const [value, unit] = metres >= 1000 ? [metres / 1000, 'kilometer'] : [metres, 'meter'];
  return written(value, unit, lang);
}

export function area(squareMetres, lang) {
  const [value, unit] = squareMetres >= 1e6 ? [squareMetres / 1e6, 'kilometer'] : [squareMetres, 'meter'];
  return `${written(value, unit, lang)}²`;
}

function written(value, unit, lang) {
  const maximumFractionDigits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return new Intl.NumberFormat(lang, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
