// The panel of a chosen cell.
const panel = $('#panel');
let wantsFocus = false;

function choose({ q, f }, focus) {
  wantsFocus = focus;
  const cell = `${data.firms[f].id}~${data.rows[q].id}`;
  if (state.cell === cell) { if (focus) panel.focus(); return; }
  go({ cell }, Boolean(state.cell));
}

/** The nearest cell with evidence, or anything undecided, before or after this one, in reading order, among those the filters show. */
function neighbour({ q, f }, direction) {
  const { rowOrder, columnOrder } = grid;
  const last = rowOrder.length * columnOrder.length;
  for (let at = rowOrder.indexOf(q) * COLUMNS + columnOrder.indexOf(f) + direction; at >= 0 && at < last; at += direction) {
    const place = { q: rowOrder[Math.floor(at / COLUMNS)], f: columnOrder[at % COLUMNS] };
    const key = place.q * COLUMNS + place.f;
    if ((found.grades[key] || unsettled(key)) && open(place)) return place;
  }
  return null;
}

function paint() {
  const place = chosenCell();
  pick(place);
  root.classList.toggle('open', Boolean(place));
  panel.hidden = !place;
  if (!place) { panel.replaceChildren(); return; }
  const { q, f } = place;
  const row = data.rows[q];
  const policy = data.policies[row.policy];
  const level = levelOf(q, f);
  if (state.view === 'matrix') bring(place);
  const turn = (key, direction) => {
    const target = neighbour(place, direction);
    return make('button', { type: 'button', disabled: !target, onclick: () => { moveTo(target, false); choose(target, true); } }, say(key));
  };
  const head = make('div', { className: 'panelhead' }, turn('previous', -1), turn('next', 1), make('a', { className: 'button', href: compareAddress(q, [f]) }, say('compare-this')), make('button', { type: 'button', className: 'close', onclick: close }, say('close')));
  const title = make('h2', { id: 'panel-h' }, make('a', { href: `#f${f}` }, make('bdi', {}, named(data.firms[f]))), ...formerly(f).map((words) => make('small', {}, `（${words}）`)), ' · ', make('a', { href: `#q${q}` }, titleOf(row)));
  const source = make('p', { className: 'meta' }, policy.name[language()], ...(policy.partial ? [' ', make('span', { className: 'tag early' }, say('cite-unchecked'))] : []));
  const cell = evidenceOf(place);
  const verdict = make('p', { className: 'verdict' }, signAt(place), ' ', say(`level-${level}`), ...saidOfCell(place));
  if (cell) for (const article of $$('article', cell)) control(article);
  const unclear = undecidedOf(place);
  panel.replaceChildren(head, title, source, ...(pack ? [askOf(q), ...versionsOf(q)] : []), verdict, make('p', { className: 'state' }, say(longOf(place))), ...faint(place), ...rulingsOnCell(place), ...(pack ? [make('p', { className: 'acts' }, button(say('rule-cell'), () => askOfCell(place), { name: 'rule-cell' }))] : []), ...(cell ? [cell, ...unclear] : [...unclear, searched(place)]), ...(pack ? linksOf(place) : []));
  if (panel.cell !== state.cell) panel.scrollTop = 0;
  panel.cell = state.cell;
  if (wantsFocus) panel.focus();
  wantsFocus = false;
}

/** What a cell comes to, in a sentence: where nothing but allegations stands below, that says so. */
function longOf({ q, f }) {
  if (!found.alleged[q * COLUMNS + f] || !['none', ...OUTSIDE.map((letter) => data.letters[letter])].includes(levelOf(q, f))) return levelOf(q, f) === 'none' && data.firms[f].mentioned ? 'long-mentioned' : `long-${levelOf(q, f)}`;
  return levelOf(q, f) === 'none' ? 'long-only-alleged' : 'long-outside-alleged';
}

/** Says how many pieces a very large page does not hold, and how many matches scored too little to be listed. */
function faint({ q, f }) {
  const number = found.below[q * COLUMNS + f];
  const more = found.more[q * COLUMNS + f];
  return [
    ...(more ? [make('p', { className: 'state' }, say('more-pieces', { number: more }))] : []),
    ...(number ? [make('p', { className: 'state' }, say('below', { number, line: data.line[language()] }))] : []),
  ];
}

/** For a cell without evidence: which documents on the firm were read, and what was looked for in them. */
function searched({ q, f }) {
  const documents = data.documents.flatMap((one, d) => (one.firms.includes(f) ? [make('li', {}, make('a', { href: `#d${d}`, lang: 'zh-CN' }, make('bdi', {}, one.name)))] : []));
  const words = new Set(pack?.rows[q][3].map(([need]) => need[0]));
  const best = bestOf(q);
  return make('div', { className: 'searched' },
    ...(OUTSIDE.includes(letterOf(q, f)) ? [] : [make('p', { className: 'next' }, say('next-none'))]),
    ...(documents.length ? [make('h3', {}, say('read-on-firm')), make('ul', {}, ...documents)] : []),
    ...(best.length ? [make('h3', {}, say('best-here')), make('ul', { className: 'plainlist' }, ...best.map((one) => make('li', {}, signAt({ q, f: one }), ' ', make('a', { href: addressOfCell({ q, f: one }) }, make('bdi', {}, named(data.firms[one]))))))] : []),
    ...(words.size ? [make('details', {}, make('summary', {}, say('signals')), make('p', { className: 'hint' }, say('signals-first')), make('ul', { lang: 'zh-CN' }, ...[...words].map((group) => make('li', {}, make('code', {}, group)))))] : []));
}

/** The three firms that evidence a requirement best. */
function bestOf(q) {
  return (pack?.best[q] ?? []).filter((f) => covered[q * COLUMNS + f]).slice(0, 3);
}

function close() {
  const place = chosenCell();
  go({ cell: '' });
  if (place && state.view === 'matrix' && open(place)) moveTo(place);
}

/** A citation of one piece of evidence: firm, quote, source with place, and the requirement. */
function citation(article, { q, f }) {
  const row = data.rows[q];
  const policy = data.policies[row.policy];
  const unchecked = policy.partial ? ` (${say('cite-unchecked')})` : '';
  return `${named(data.firms[f])}：“${$('.q', article).textContent}” ${$('.src', article).innerText.trim()} — ${say('cite-of')} ${policy.name[language()]} ${titleOf(row)} [${row.id}]${unchecked}`;
}

function cite(article, place) {
  return copied(citation(article, place), $('.cite', article));
}

/** Copies a text and says so on the button; where the browser refuses, the text is put behind it and selected. */
async function copied(text, button, done = 'cited') {
  const last = button.parentNode.nextElementSibling;
  if (last?.matches('.citation')) last.remove();
  try {
    await navigator.clipboard.writeText(text);
    tellFor(say(done));
    const before = [...button.childNodes];
    button.textContent = say('cited');
    setTimeout(() => button.replaceChildren(...before), 2000);
  } catch {
    const shown = make('p', { className: 'citation src' }, `${say('cite-select')} ${text}`);
    button.parentNode.after(shown);
    getSelection().selectAllChildren(shown);
    if (done !== 'cited') tellFor(say(done));
  }
}
