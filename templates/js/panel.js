// The panel of a chosen cell, cloned from the evidence that stands in the page.
const panel = $('#panel');
let wantsFocus = false;

function choose({ q, f }, focus) {
  wantsFocus = focus;
  const cell = `${data.firms[f].id}~${data.rows[q].id}`;
  if (state.cell === cell) { if (focus) panel.focus(); return; }
  go({ cell }, Boolean(state.cell));
}

function clone(id) {
  const source = document.getElementById(id);
  if (!source) return null;
  const copy = source.cloneNode(true);
  for (const one of [copy, ...$$('[id]', copy)]) one.removeAttribute('id');
  return copy;
}

/** The nearest cell with evidence before or after this one, in reading order, among those the filters show. */
function neighbour({ q, f }, direction) {
  const places = grid.rowOrder.flatMap((row) => grid.columnOrder.map((column) => ({ q: row, f: column })));
  const at = places.findIndex((place) => place.q === q && place.f === f);
  const rest = direction > 0 ? places.slice(at + 1) : places.slice(0, at).reverse();
  return rest.find((place) => found.has(place.q * COLUMNS + place.f) && open(place));
}

function paint() {
  const place = chosenCell();
  for (const td of $$('td.chosen', frame ?? root)) td.classList.remove('chosen');
  root.classList.toggle('open', Boolean(place));
  panel.hidden = !place;
  if (!place) { panel.replaceChildren(); return; }
  const { q, f } = place;
  const row = data.rows[q];
  const policy = data.policies[row.policy];
  const level = levelOf(q, f);
  if (frame) {
    grid.cells[q][f].classList.add('chosen');
    if (state.view === 'matrix') grid.cells[q][f].scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  const turn = (key, direction) => {
    const target = frame && neighbour(place, direction);
    return make('button', { type: 'button', disabled: !target, onclick: () => { moveTo(target, false); choose(target, true); } }, say(key));
  };
  const head = make('div', { className: 'panelhead' }, turn('previous', -1), turn('next', 1), make('button', { type: 'button', className: 'close', onclick: close }, say('close')));
  const title = make('h2', { id: 'panel-h' }, make('a', { href: `#f${f}` }, make('bdi', {}, named(data.firms[f]))), ' · ', make('a', { href: `#q${q}` }, `${row.clause} ${row.title[language()]}`));
  const source = make('p', { className: 'meta' }, policy.name[language()], ...(policy.partial ? [' ', make('span', { className: 'tag early' }, say('cite-unchecked'))] : []));
  const ask = $('.ask', document.getElementById(`q${q}`))?.cloneNode(true);
  const cell = clone(`x${f}-${q}`);
  const verdict = make('p', { className: 'verdict' }, make('span', { className: `sign ${letters[q][f].toLowerCase()}`, 'aria-hidden': 'true' }, (frame ? grid.cells[q][f].textContent : '').replace(/\d+/, '')), ' ', say(`level-${level}`));
  if (cell) {
    $('h5', cell)?.remove();
    $('.back', cell)?.remove();
    $('.level', cell)?.remove();
    for (const article of $$('article', cell)) article.append(make('button', { type: 'button', onclick: () => cite(article, place) }, say('cite')));
  }
  panel.replaceChildren(head, title, source, ...(ask ? [ask] : []), verdict, make('p', { className: 'state' }, say(`long-${level}`)), ...(cell ? [cell] : []));
  panel.scrollTop = 0;
  if (wantsFocus) panel.focus();
  wantsFocus = false;
}

function close() {
  const place = chosenCell();
  go({ cell: '' });
  if (place && frame && state.view === 'matrix' && open(place)) moveTo(place);
}

/** A citation of one piece of evidence: firm, quote, source with place, and the requirement. */
function citation(article, { q, f }) {
  const row = data.rows[q];
  const policy = data.policies[row.policy];
  const unchecked = policy.partial ? ` (${say('cite-unchecked')})` : '';
  return `${named(data.firms[f])}：“${$('.q', article).textContent}” ${$('.src', article).innerText.trim()} — ${say('cite-of')} ${policy.name[language()]} ${row.clause} ${row.title[language()]} [${row.id}]${unchecked}`;
}

async function cite(article, place) {
  const text = citation(article, place);
  try {
    await navigator.clipboard.writeText(text);
    $('#said').textContent = say('cited');
    $('button', article).textContent = say('cited');
  } catch {
    $('.citation', article)?.remove();
    article.append(make('p', { className: 'citation src' }, `${say('cite-select')} ${text}`));
    getSelection().selectAllChildren(article.lastElementChild);
  }
}
