// The page's data, its two languages, and small helpers.
const root = document.documentElement;
/** The page as it was opened, to be saved with decisions in it; a very large one is too heavy to hold twice. */
const PRISTINE = document.getElementById('packed').textContent.length < 8_000_000 ? `<!doctype html>\n${root.outerHTML.replace(/^<html[^>]*>/, `<html lang="zh-CN" data-views="${root.dataset.views}">\n`)}\n` : '';
const data = JSON.parse(document.getElementById('data').textContent);
const { grades: GRADES, heaviest: HEAVIEST, letterOf: LETTER_OF, statuses: STATUSES, lettersOf: LETTERS_OF, gaps: GAPS, outside: OUTSIDE, reasons: KINDS, alleged: ALLEGED, undecided: UNDECIDED, disputed: DISPUTED } = data.orders;
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const language = () => ($('#lang-en').checked ? 1 : 0);
const fill = (text, fields = {}) => text.replace(/\{(\w+)\}/g, (_, name) => fields[name] ?? '');
const say = (key, fields) => fill(data.texts[fields?.number === 1 && `${key}-one` in data.texts ? `${key}-one` : key][language()], fields);
const titleOf = (row) => `${row.clause[language()]} ${row.title[language()]}`;
const grouped = (number) => (number < 1000 ? number : number.toLocaleString('en'));
const named = (thing) => (Array.isArray(thing.name) ? thing.name[language()] : thing.name);

/** An element with properties, attributes (names with a dash) and children; text stays text. */
function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Says something for a while, aloud to a screen reader. */
function tellFor(words) {
  const said = $('#said');
  said.textContent = words;
  clearTimeout(tellFor.ends);
  tellFor.ends = setTimeout(() => { said.textContent = ''; }, 2000 + 60 * words.length);
}

/** Puts the chosen language where spans cannot stand: the document, options, hints. */
function speak() {
  const suffix = language() ? 'en' : 'zh';
  root.lang = language() ? 'en' : 'zh-CN';
  document.title = say('title');
  for (const option of $$('option[data-zh]')) option.textContent = option.dataset[suffix];
  for (const field of $$('[data-hint-zh]')) field.placeholder = field.dataset[language() ? 'hintEn' : 'hintZh'];
}
