// The lists of firms, requirements and documents, a hundred lines at a time, and the bars they draw.
const STEP = 100;
const STATUS_OF = Object.fromEntries(STATUSES.flatMap((status, at) => LETTERS_OF[status].map((letter) => [letter, at])));
const addressedIn = (counts) => counts.reduce((sum, number) => sum + number, 0);
const sumOf = (tallies) => STATUSES.map((_, at) => tallies.reduce((sum, counts) => sum + counts[at], 0));
const materialOf = (f) => `${say('material', { evidence: fromSentences(piecesAbout(f), sentencesOf(pack.about[f] ?? [])), documents: say('count-documents', { number: pack.firms[f][0] }) })}${data.firms[f].mentioned ? ` · ${say('mentioned')}` : ''}`;

/** How many different sentences stand behind pieces. */
const sentencesOf = (pieces) => new Set(pieces.map((e) => pack.sentence[e])).size;

/** Pieces, and how many different sentences they come from where these are fewer. */
const fromSentences = (number, sentences) => (sentences && sentences < number ? say('pieces-from', { evidence: say('pieces', { number }), sentences: say('count-sentences', { number: sentences }) }) : say('pieces', { number }));

/** A firm's addressed cells by policy and status. */
function tallyOf(f) {
  const tallies = data.policies.map(() => STATUSES.map(() => 0));
  for (let q = 0; q < data.rows.length; q += 1) if (counted[q * COLUMNS + f]) tallies[data.rows[q].policy][STATUS_OF[letterOf(q, f)]] += 1;
  return tallies;
}

/** A requirement's addressed cells by status. */
function tallyOfRow(q) {
  const counts = STATUSES.map(() => 0);
  for (let f = 0; f < COLUMNS; f += 1) if (counted[q * COLUMNS + f]) counts[STATUS_OF[letterOf(q, f)]] += 1;
  return counts;
}

/** What a firm was called before, in words. */
const formerly = (f) => (data.firms[f].former ? [say('firm-former', { names: data.firms[f].former })] : []);

function piecesAbout(f) {
  let sum = 0;
  for (let key = f; key < CELLS; key += COLUMNS) sum += found.pieces[key];
  return sum;
}

/** An SVG drawing that says nothing to a screen reader; the words stand beside it. */
function drawing(box, ...shapes) {
  const made = (name, attributes) => {
    const shape = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    return shape;
  };
  const svg = made('svg', { viewBox: box, preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' });
  svg.append(...shapes.map(([name, attributes]) => made(name, attributes)));
  return svg;
}

function barOf(counts) {
  const whole = addressedIn(counts);
  let from = 0;
  const parts = counts.flatMap((number, at) => {
    const x = Math.round(1000 * from / whole);
    from += number;
    return number ? [['rect', { class: `b-${STATUSES[at]}`, x, y: 0, width: Math.round(1000 * from / whole) - x, height: 10 }]] : [];
  });
  const bar = drawing('0 0 1000 10', ...parts);
  bar.setAttribute('class', 'bar');
  return bar;
}

function keyTo(counts) {
  return make('span', {}, ...counts.flatMap((number, at) => (number ? [make('span', { className: 'nowrap' }, make('i', { className: `k b-${STATUSES[at]}`, 'aria-hidden': 'true' }), `${say(`short-${STATUSES[at]}`)} ${number}`), ' '] : [])), `/ ${addressedIn(counts)}`);
}

const shareOfRow = (q) => { const counts = tallyOfRow(q); return counts[0] / (addressedIn(counts) || 1); };
const share = (f) => { const counts = sumOf(tallyOf(f)); return counts[0] / (addressedIn(counts) || 1); };
const cell = (className, ...children) => make('td', { className }, ...children);
const LISTINGS = {
  firms: {
    name: 'compare', all: () => data.firms, text: (f) => firmText[f], link: 'f',
    orders: { 'sort-listed': null, 'sort-most': (f) => -share(f), 'sort-least': share, 'sort-evidence': (f) => -piecesAbout(f) },
    heads: () => [say('col-firm'), ...data.policies.map((policy) => policy.name[language()]), say('col-coverage'), say('col-material'), say('col-reviewed')],
    line: (f) => {
      const tallies = tallyOf(f);
      const whole = sumOf(tallies);
      return [
        ...tallies.map((counts) => cell('', ...(addressedIn(counts) ? [barOf(counts), make('small', {}, `${counts[0]}/${addressedIn(counts)}`)] : [make('small', {}, say('level-not-applicable'))]))),
        cell('', `${whole[0]}/${addressedIn(whole)}`, ...(whole[2] ? [' ', make('span', { className: 'tag bad' }, `✕ ${whole[2]}`)] : [])),
        cell('', make('small', {}, materialOf(f))), cell('', make('small', {}, progressOf({ f }))),
      ];
    },
    extra: (f) => [' ', make('small', {}, [say(`kind-${data.firms[f].kind}`), ...formerly(f)].join(' · '))],
  },
  requirements: {
    name: 'requirements-list', all: () => data.rows, text: (q) => rowText[q], link: 'q',
    orders: { 'sort-listed': null, 'sort-most': (q) => -shareOfRow(q), 'sort-least': shareOfRow },
    heads: () => ['col-requirement', 'filter-policy', 'col-coverage', 'col-reviewed'].map((key) => say(key)),
    line: (q) => {
      const counts = tallyOfRow(q);
      return [
        cell('', make('small', {}, data.policies[data.rows[q].policy].name[language()])),
        cell('', ...(addressedIn(counts) ? [barOf(counts), make('small', {}, `${counts[0]}/${addressedIn(counts)}`)] : [make('small', {}, say('level-not-applicable'))]), ...(counts[2] ? [' ', make('span', { className: 'tag bad' }, `✕ ${counts[2]}`)] : [])),
        cell('', make('small', {}, progressOf({ q }))),
      ];
    },
    extra: () => [],
  },
  documents: {
    name: 'documents-head', all: () => data.documents, text: (d) => fold([data.documents[d].name, pack.documents[d].publisher, pack.documents[d].date].join(' ')), link: 'd',
    orders: { 'sort-listed': null, 'sort-newest': (d) => -Number((pack.documents[d].date ?? '0').replace(/\D/g, '').padEnd(8, '0')), 'sort-evidence': (d) => -marked()[d] },
    heads: () => ['col-document', 'col-publisher', 'col-date', 'col-passages', 'col-evidence'].map((key) => say(key)),
    line: (d) => [cell('', pack.documents[d].publisher ?? '—'), cell('', pack.documents[d].date ?? '—'), cell('num', String(pack.documents[d].passages ?? 0)), cell('num', String(marked()[d]))],
    extra: () => [],
    numbers: [3, 4],
  },
};

let held = null;

/** How many pieces of evidence each document holds. */
function marked() {
  if (!held) {
    held = new Uint32Array(data.documents.length);
    for (const d of pack.document.slice(0, pack.size)) held[d] += 1;
  }
  return held;
}

/** Draws the list of a view, where it is not drawn already in this language. */
function listOf(view) {
  if (!pack) return;
  const place = document.getElementById(`list-${view}`);
  const drawn = `${language()} ${rulings.version}`;
  if (place.drawn === drawn) return;
  place.drawn = drawn;
  const kind = LISTINGS[view];
  const caption = `list-${view}-h`;
  const words = make('input', { type: 'search', autocomplete: 'off', spellcheck: false });
  const sort = make('select', {}, ...Object.keys(kind.orders).map((key) => make('option', { value: key }, say(key))));
  const body = make('tbody');
  const more = make('button', { type: 'button', className: 'plain' });
  let lines = [];
  const draw = (from) => {
    const next = lines.slice(from, from + STEP).map((at) => make('tr', {}, make('th', { scope: 'row' }, make('a', { href: `#${kind.link}${at}` }, make('bdi', {}, kind.all() === data.rows ? titleOf(data.rows[at]) : named(kind.all()[at]))), ...kind.extra(at)), ...kind.line(at)));
    if (from) body.append(...next); else body.replaceChildren(...next);
    more.hidden = body.childElementCount >= lines.length;
    more.textContent = say('list-more', { number: Math.min(STEP, lines.length - body.childElementCount) });
  };
  const fillList = () => {
    const sought = fold(words.value).split(/\s+/).filter(Boolean);
    const by = kind.orders[sort.value];
    lines = kind.all().map((_, at) => at).filter((at) => { const text = kind.text(at); return sought.every((word) => text.includes(word)); });
    if (by) { const rank = new Map(lines.map((at) => [at, by(at)])); lines.sort((a, b) => rank.get(a) - rank.get(b) || a - b); }
    draw(0);
  };
  words.addEventListener('input', fillList);
  sort.addEventListener('change', fillList);
  more.addEventListener('click', () => draw(body.childElementCount));
  place.replaceChildren(
    make('p', { className: 'listhead' }, make('label', {}, `${say('list-words')} `, words), ' ', make('label', {}, `${say('list-sort')} `, sort)),
    make('div', { className: 'scroll', role: 'region', 'aria-labelledby': caption, tabIndex: 0 }, make('table', { className: view === 'documents' ? 'list' : `list compare ${view}` }, make('caption', { className: 'sr', id: caption }, say(kind.name)), make('thead', {}, make('tr', {}, ...kind.heads().map((text, at) => make('th', { scope: 'col', className: kind.numbers?.includes(at) ? 'num' : '' }, text)))), body)), more);
  fillList();
}
