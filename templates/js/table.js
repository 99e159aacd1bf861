// The matrix on the screen: its cells are kept and moved, never drawn anew.
const frame = $('#grid');
const table = frame && $('table', frame);
const grid = { rows: [], sums: [], columnHeads: [], columnSums: [], cells: [], rowOrder: [], columnOrder: [], sifted: null, swapped: null, arranged: '' };

function collect() {
  for (const tr of $$('tbody tr:not(.policyrow, .partrow)', table)) {
    const q = grid.rows.length;
    const [, sum, ...cells] = tr.children;
    grid.rows.push(tr); grid.sums.push(sum); grid.cells.push(cells);
    cells.forEach((td, f) => {
      td.place = { q, f };
      const inner = td.firstElementChild;
      inner.setAttribute('role', 'button');
      inner.tabIndex = -1;
    });
  }
  grid.columnHeads = $$('.names th', table);
  for (const link of $$('.names a, tbody th[scope="row"] a', table)) link.tabIndex = -1; // reached with the arrows
  grid.columnSums = $$('.sums td:not(.sum)', table);
  grid.kindHeads = $$('.kinds th', table);
  grid.policyBodies = $$('tbody', table);
  grid.partRows = new Map($$('.partrow', table).map((row) => [Number(row.dataset.part), row]));
  grid.all = $('.sums .sum', table);
  grid.label = $('#sums-h');
  grid.upright = $('.upright', table);
  heads.observe($('thead', table));
  grid.column = make('div', { className: 'cross column', hidden: true });
  grid.line = make('div', { className: 'cross line', hidden: true });
  frame.append(grid.column, grid.line);
}

/** Tells the style sheet how high the head is, so that policy rows stick below it and no cell hides behind it. */
const heads = new ResizeObserver((entries) => {
  const height = Math.max(...entries.map((entry) => entry.contentRect.height));
  if (height) frame.style.setProperty('--head', `${height}px`);
});

/** Puts rows and columns in their order, where it has changed. */
function arrange(asked, sums) {
  ({ rows: grid.rowOrder, columns: grid.columnOrder } = orders(asked, sums));
  const key = `${Boolean(asked.swap)} ${asked.sort ? [grid.rowOrder, grid.columnOrder].join('|') : ''}`;
  if (key === grid.arranged) return;
  if (grid.arranged || asked.swap || asked.sort) place(Boolean(asked.swap), Boolean(asked.sort));
  grid.arranged = key;
}

function place(swap, sorted) {
  const names = $('.names', table);
  const sums = $('.sums', table);
  if (swap) grid.swapped ??= swappedFrame();
  table.hidden = swap;
  if (grid.swapped) grid.swapped.table.hidden = !swap;
  frame.classList.toggle('swapped', swap);
  if (swap) {
    grid.columnOrder.forEach((f) => grid.swapped.rows[f].append(...grid.rowOrder.map((q) => grid.cells[q][f])));
    grid.columnOrder.forEach((f) => grid.swapped.bodies.get(data.firms[f].kind).append(grid.swapped.rows[f]));
    grid.swapped.names.append(...grid.rowOrder.map((q) => grid.swapped.heads[q]));
    grid.swapped.totals.append(...grid.rowOrder.map((q) => grid.swapped.sums[q]));
  } else {
    let part = -1;
    grid.rowOrder.forEach((q) => {
      const row = data.rows[q];
      grid.rows[q].append(...grid.columnOrder.map((f) => grid.cells[q][f]));
      if (!sorted && row.part !== part) { part = row.part; if (part >= 0) grid.policyBodies[row.policy].append(grid.partRows.get(part)); }
      grid.policyBodies[row.policy].append(grid.rows[q]);
    });
    names.append(...grid.columnOrder.map((f) => grid.columnHeads[f]));
    sums.append(...grid.columnOrder.map((f) => grid.columnSums[f]));
  }
}

/** The second table, with firms in rows; built when axes are swapped for the first time. */
function swappedFrame() {
  const both = (name) => [make('span', { className: 'zh' }, name[0]), make('span', { className: 'en', lang: 'en' }, name[1])];
  const text = (key) => both(data.texts[key]);
  const made = { rows: [], heads: [], sums: [], rowSums: [], bodies: new Map(), kindSums: new Map() };
  made.upright = make('span', { className: 'upright' });
  const kinds = make('tr', { className: 'kinds' }, make('td', { className: 'corner', rowSpan: 2 }, ...text('corner-swapped')), make('td', { className: 'sum', rowSpan: 2 }, made.upright));
  made.policies = data.policies.map((policy, p) => make('th', { scope: 'colgroup', colSpan: data.rows.filter((row) => row.policy === p).length, className: 'first' }, ...both(policy.name)));
  kinds.append(...made.policies);
  made.heads = data.rows.map((row, q) => make('th', { scope: 'col' }, make('a', { href: `#q${q}`, tabIndex: -1 }, ...both(row.clause), ' ', ...both(row.title))));
  made.names = make('tr', { className: 'names' }, ...made.heads);
  made.sums = data.rows.map(() => make('td'));
  made.all = make('td', { className: 'sum' });
  made.label = make('th', { scope: 'row', className: 'corner' });
  made.totals = make('tr', { className: 'sums' }, made.label, made.all, ...made.sums);
  made.table = make('table', {}, make('caption', { className: 'sr' }, ...[...$('caption', table).cloneNode(true).childNodes]), make('colgroup', {}, make('col', { className: 'wide' }), make('col', { className: 'sum' }), ...data.rows.map(() => make('col'))), make('thead', {}, kinds, made.names, made.totals));
  data.firms.forEach((firm, f) => {
    if (!made.bodies.has(firm.kind)) {
      const kind = grid.kindHeads[made.bodies.size];
      const head = make('th', { scope: 'rowgroup' }, ...[...kind.childNodes].map((node) => node.cloneNode(true)));
      made.kindSums.set(firm.kind, make('td', { className: 'sum' }));
      made.bodies.set(firm.kind, make('tbody', {}, make('tr', { className: 'policyrow' }, head, made.kindSums.get(firm.kind), make('td', { colSpan: data.rows.length }))));
    }
    made.rowSums[f] = make('td', { className: 'sum' });
    made.rows[f] = make('tr', {}, make('th', { scope: 'row' }, make('a', { href: `#f${f}`, tabIndex: -1 }, ...both(firm.name))), made.rowSums[f]);
  });
  made.table.append(...made.bodies.values());
  frame.append(made.table);
  heads.observe($('thead', made.table));
  return made;
}

/** Shows, hides and dims according to what was sifted, and writes the sums. */
function show(asked) {
  const sifted = sift(asked);
  arrange(asked, sifted.sums);
  const { rows, columns, match, sums, cellwise } = sifted;
  const swap = Boolean(asked.swap);
  const before = grid.sifted;
  const turned = grid.turned !== swap;
  rows.forEach((shown, q) => {
    grid.rows[q].hidden = !shown;
    for (let f = 0; f < COLUMNS; f += 1) {
      const td = grid.cells[q][f];
      if (!before || turned || before.rows[q] !== shown || before.columns[f] !== columns[f]) td.hidden = swap ? !shown : !columns[f];
      const dim = Boolean(cellwise) && !match[q * COLUMNS + f];
      if (td.dim !== dim) { td.dim = dim; td.classList.toggle('dim', dim); }
    }
  });
  const label = say(`totals-${counts(asked, sifted)}`);
  const upright = say(`upright-${counts(asked, sifted)}`);
  rows.forEach((_, q) => { grid.sums[q].textContent = ratio(sums.rows[q]); });
  columns.forEach((shown, f) => {
    grid.columnHeads[f].hidden = !shown; grid.columnSums[f].hidden = !shown;
    grid.columnSums[f].textContent = ratio(sums.columns[f]);
  });
  span(grid.kindHeads, [...new Set(data.firms.map((firm) => firm.kind))].map((kind) => data.firms.filter((firm, f) => firm.kind === kind && columns[f]).length));
  const inPolicy = data.policies.map((_, p) => data.rows.filter((row, q) => row.policy === p && rows[q]).length);
  grid.policyBodies.forEach((body, p) => { body.hidden = !inPolicy[p]; $('.policyrow .sum', body).textContent = ratio(sums.policies[p]); });
  const inPart = new Set(data.rows.filter((_, q) => rows[q]).map((row) => row.part));
  for (const [part, row] of grid.partRows) { row.hidden = Boolean(asked.sort) || !inPart.has(part); $('.sum', row).textContent = ratio(sums.parts[part]); }
  if (!swap) trim(table, columns.filter(Boolean).length);
  grid.all.textContent = ratio(sums.all);
  grid.label.textContent = label;
  grid.upright.textContent = upright;
  edges(swap, rows, columns);
  if (grid.swapped) {
    const made = grid.swapped;
    rows.forEach((shown, q) => { made.heads[q].hidden = !shown; made.sums[q].hidden = !shown; made.sums[q].textContent = ratio(sums.rows[q]); });
    columns.forEach((shown, f) => { made.rows[f].hidden = !shown; made.rowSums[f].textContent = ratio(sums.columns[f]); });
    span(made.policies, inPolicy);
    for (const [kind, body] of made.bodies) { body.hidden = !data.firms.some((firm, f) => firm.kind === kind && columns[f]); made.kindSums.get(kind).textContent = ratio(sums.kinds.get(kind)); }
    if (swap) trim(made.table, rows.filter(Boolean).length);
    made.all.textContent = ratio(sums.all);
    made.label.textContent = label;
    made.upright.textContent = upright;
  }
  grid.sifted = sifted;
  grid.turned = swap;
  frame.classList.toggle('dense', Boolean(asked.dense));
  tell(asked, sifted);
  settle();
}

function span(heads, counts) {
  heads.forEach((head, at) => { head.hidden = !counts[at]; if (counts[at]) head.colSpan = counts[at]; });
}

function trim(whole, count) {
  frame.style.setProperty('--count', count);
  $$('col:not([class])', whole).forEach((col, at) => { col.hidden = at >= count; });
  for (const cell of $$(':is(.policyrow, .partrow) td:last-child', whole)) cell.colSpan = Math.max(1, count);
}

/** Draws the line between kinds of firm, or between policies where axes are swapped, at the first column of each. */
function edges(swap, rows, columns) {
  const starts = (order, shown, group) => new Set(order.filter((one) => shown[one]).filter((one, at, all) => at === 0 || group(one) !== group(all[at - 1])));
  const firsts = swap ? starts(grid.rowOrder, rows, (q) => data.rows[q].policy) : starts(grid.columnOrder, columns, (f) => data.firms[f].kind);
  const key = `${swap} ${[...firsts]}`;
  if (key === grid.edges) return;
  grid.edges = key;
  grid.cells.forEach((line, q) => line.forEach((td, f) => td.classList.toggle('first', firsts.has(swap ? q : f))));
  if (swap) grid.swapped.heads.forEach((head, q) => { head.classList.toggle('first', firsts.has(q)); grid.swapped.sums[q].classList.toggle('first', firsts.has(q)); });
  else grid.columnHeads.forEach((head, f) => { head.classList.toggle('first', firsts.has(f)); grid.columnSums[f].classList.toggle('first', firsts.has(f)); });
}

const placeOf = (target) => target.closest?.('td')?.place;
const inner = ({ q, f }) => grid.cells[q][f].firstElementChild;

/** Scrolls a cell into view. */
function bring(place) {
  inner(place).scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

const headOf = (place) => (state.swap && grid.swapped ? grid.swapped.heads[place.q] : grid.columnHeads[place.f]);

/** The link in the head of a cell's column or row. */
function headLink(place, axis) {
  return $('a', axis === 'column' ? headOf(place) : grid.cells[place.q][place.f].closest('tr'));
}

/** Lays the cross-hair over the row and the column of a cell, or takes it away. */
function cross(place) {
  for (const head of $$('th.cross', frame)) head.classList.remove('cross');
  const td = place && grid.cells[place.q][place.f];
  grid.column.hidden = grid.line.hidden = !td?.offsetWidth;
  if (grid.line.hidden) return;
  headOf(place)?.classList.add('cross');
  td.title = titleOfCell(place);
  const whole = td.closest('table');
  Object.assign(grid.column.style, { left: `${td.offsetLeft}px`, width: `${td.offsetWidth}px`, height: `${whole.offsetHeight}px` });
  Object.assign(grid.line.style, { top: `${td.offsetTop}px`, width: `${whole.offsetWidth}px`, height: `${td.offsetHeight}px` });
}

function pick(place) {
  for (const td of $$('td.chosen', frame)) td.classList.remove('chosen');
  for (const head of $$('th.kept', frame)) head.classList.remove('kept');
  if (!place) return;
  grid.cells[place.q][place.f].classList.add('chosen');
  headOf(place)?.classList.add('kept');
}

/** The evidence of a cell, cloned from where it stands in the page. */
function evidenceOf({ q, f }) {
  const source = document.getElementById(`x${f}-${q}`);
  if (!source) return null;
  const copy = source.cloneNode(true);
  for (const one of [copy, ...$$('[id]', copy)]) one.removeAttribute('id');
  for (const name of ['h5', '.back', '.level']) $(name, copy)?.remove();
  return copy;
}

const quoteTexts = new Map();

function seekQuotes(word, hits) {
  if (!quoteTexts.size) for (const [f, q] of data.found) quoteTexts.set(q * COLUMNS + f, fold($$(`#x${f}-${q} .q`).map((one) => one.textContent).join(' ')));
  for (const [key, text] of quoteTexts) if (text.includes(word)) hits[key] = 1;
  return true;
}

/** The sheet of one firm, requirement or document. */
function sheetOf(view, at) {
  return document.getElementById(`${view === 'requirements' ? 'q' : view[0]}${at}`);
}

const overviewOf = () => {};

const ready = null;
