// What reads as a deed and as a fault: it lies behind the evidence, counts for nothing, and waits for a human's word.
const isUnclear = (e) => Boolean(pack) && e >= pack.size;
const unclearIn = ({ q, f }) => pack?.unclear.get(q * COLUMNS + f) ?? [];
const isOpen = (e) => [undefined, 'conflict'].includes(rulings.pieces.get(e));
/** How many pieces of a cell nobody has decided. */
const unsettled = (key) => (pack?.unclear.get(key) ?? []).filter(isOpen).length;
const everyPiece = () => Array.from({ length: pack.size }, (_, e) => e);
const ruledEvidence = () => [...rulings.pieces].filter(([e]) => !isUnclear(e));

/** What is undecided in a cell, with what humans said of it, as a section of its panel. */
function undecidedOf(place) {
  const pieces = unclearIn(place);
  if (!pieces.length) return [];
  const made = make('section', { className: 'cell unclear' }, make('h3', {}, `${say('undecided-head')} (${pieces.length})`), make('p', { className: 'hint' }, say('undecided-note')), ...pieces.map((e) => piece(e)));
  for (const article of $$('article', made)) control(article);
  return [made];
}

/** What is undecided about a firm, as a list of quotes with their cells. */
function undecidedAbout(f) {
  const pieces = [...pack.keys.keys()].slice(pack.size).filter((e) => pack.keys[e] % COLUMNS === f && isOpen(e));
  const sentences = new Map();
  for (const e of pieces) sentences.set(pack.quote[e], [...(sentences.get(pack.quote[e]) ?? []), e]);
  const link = (e) => { const q = Math.floor(pack.keys[e] / COLUMNS); return cellLink({ q, f }, ...heading(data.rows[q])); };
  const line = ([quote, same]) => make('li', {}, make('span', { className: 'sign q', 'aria-hidden': 'true' }, UNDECIDED), ' ', quoted(pack.texts[quote]),
    make('p', { className: 'meta' }, say('contrary-bears', { number: same.length }), ...same.flatMap((e, at) => [...(at ? [say('comma')] : []), link(e)])));
  return pieces.length ? [make('h4', {}, say('undecided-head')), make('p', { className: 'hint' }, say('undecided-note')), make('ul', { className: 'quotes' }, ...[...sentences].map(line))] : [];
}
