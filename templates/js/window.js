// The matrix of a very large run: only the part in view is drawn, with elements that are kept and filled anew.
const frame = $('#grid');
const BLOCK = 6; // lines and columns drawn beyond each edge; the window moves by so many
const grid = { rowOrder: [], columnOrder: [], sifted: null };
const size = { line: 0, group: 0, column: 0, head: 0 };
const shown = { lines: [], tops: [], height: 0, across: [], groups: [], swap: false, key: '' };
const drawn = { lines: new Map(), groups: [], version: 0, cells: new Map(), heads: new Map() };
const seen = { top: 0, left: 0, width: 0, height: 0 }; // what the frame shows; kept, since asking would lay the page out
const parts = {};
let chosenPlace = null;

function collect() {
  const corner = make('td', { className: 'corner', rowSpan: 2 });
  const total = make('td', { className: 'sum', rowSpan: 2 }, make('span', { className: 'upright' }));
  Object.assign(parts, { corner, total, kinds: make('tr', { className: 'kinds' }), names: make('tr', { className: 'names' }), sums: make('tr', { className: 'sums' }) });
  Object.assign(parts, { label: make('th', { scope: 'row', className: 'corner', id: 'sums-h' }), all: make('td', { className: 'sum' }), columns: make('colgroup'), body: make('tbody'), above: make('tr', { className: 'gap' }, make('td')), below: make('tr', { className: 'gap' }, make('td')) });
  parts.head = make('thead', {}, parts.kinds, parts.names, parts.sums);
  parts.caption = make('caption', { className: 'sr' });
  parts.table = make('table', {}, parts.caption, parts.columns, parts.head, parts.body);
  frame.append(parts.table);
  frame.addEventListener('scroll', () => { Object.assign(seen, { top: frame.scrollTop, left: frame.scrollLeft }); draw(); }, { passive: true });
  new ResizeObserver(() => {
    Object.assign(seen, { width: frame.clientWidth, height: frame.clientHeight, top: frame.scrollTop, left: frame.scrollLeft });
    if (grid.sifted) layOut();
  }).observe(frame);
  new ResizeObserver(() => {
    size.head = parts.head.offsetHeight;
    if (size.head) frame.style.setProperty('--head', `${size.head}px`);
  }).observe(parts.head);
}

function show(asked) {
  const key = JSON.stringify([FILTERS, ARRANGE].flat().filter((name) => name !== 'dense').map((name) => asked[name] ?? '').concat(Boolean(pack)));
  if (key !== shown.key || !grid.sifted) {
    shown.key = key;
    grid.sifted = sift(asked);
    ({ rows: grid.rowOrder, columns: grid.columnOrder } = orders(asked, grid.sifted.sums));
    shown.swap = Boolean(asked.swap);
    order();
  }
  frame.classList.toggle('dense', Boolean(asked.dense));
  frame.classList.toggle('swapped', shown.swap);
  tell(asked, grid.sifted);
  settle();
  layOut();
}

/** The lines from top to bottom, a head before each group, and the columns from left to right. */
function order() {
  const { rows, columns } = grid.sifted;
  const down = grid.rowOrder.filter((q) => rows[q]);
  const right = grid.columnOrder.filter((f) => columns[f]);
  const policyOf = (q) => data.rows[q].policy;
  const kindOf = (f) => data.firms[f].kind;
  const groupOf = shown.swap ? kindOf : policyOf;
  shown.across = shown.swap ? down : right;
  shown.groups = shown.across.map(shown.swap ? policyOf : kindOf);
  shown.lines = [];
  let last = null;
  for (const one of shown.swap ? right : down) {
    if (groupOf(one) !== last) { last = groupOf(one); shown.lines.push({ group: last }); }
    shown.lines.push({ one, group: last });
  }
}

/** Measures, and draws everything anew. */
function layOut() {
  if (!seen.width) return;
  size.rem ??= Number.parseFloat(getComputedStyle(root).fontSize);
  const { rem } = size;
  const dense = frame.classList.contains('dense');
  Object.assign(size, { line: Math.round(rem * (dense ? 1.3 : 2.3)), group: Math.round(rem * 1.7), column: Math.round(rem * (dense ? 1.7 : 2.5)) });
  for (const [name, key] of [['--tall', 'line'], ['--group', 'group'], ['--col', 'column']]) frame.style.setProperty(name, `${size[key]}px`);
  let top = 0;
  shown.tops = shown.lines.map(({ one }) => { const at = top; top += one === undefined ? size.group : size.line; return at; });
  shown.height = top;
  drawn.window = '';
  drawn.version += 1;
  draw();
}

/** The last line that begins at or above a height. */
function lineAt(height) {
  let [low, high] = [0, shown.lines.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (shown.tops[middle] <= height) low = middle; else high = middle - 1;
  }
  return low;
}

function draw() {
  if (!seen.width) return;
  const block = (at) => Math.max(0, Math.floor(at / BLOCK) * BLOCK - BLOCK);
  const first = block(lineAt(Math.min(seen.top, shown.height - seen.height)));
  const last = Math.min(shown.lines.length, first + Math.ceil(seen.height / size.line) + 3 * BLOCK);
  const left = block(Math.max(0, Math.min(seen.left / size.column, shown.across.length - seen.width / size.column)));
  const right = Math.min(shown.across.length, left + Math.ceil(seen.width / size.column) + 3 * BLOCK);
  const key = `${first} ${last} ${left} ${right}`;
  if (key === drawn.window) return;
  const holdsFocus = frame.contains(document.activeElement) && document.activeElement !== frame && placeOf(document.activeElement);
  const turned = drawn.window === '';
  if (turned || drawn.left !== left || drawn.right !== right) drawHeads(left, right);
  drawn.window = key;
  Object.assign(drawn, { left, right });
  const rows = [];
  const free = [...drawn.lines.keys()].filter((at) => at < first || at >= last || shown.lines[at].one === undefined).map((at) => { const row = drawn.lines.get(at); drawn.lines.delete(at); return row; });
  drawn.cells.clear();
  const head = shown.lines[first]?.one === undefined ? 0 : 1;
  if (head) rows.push(groupRow(0, shown.lines[first].group));
  const span = right - left + 4;
  parts.above.firstChild.colSpan = span;
  parts.below.firstChild.colSpan = span;
  parts.above.firstChild.style.height = `${Math.max(0, (shown.tops[first] ?? 0) - head * size.group)}px`;
  parts.below.firstChild.style.height = `${shown.height - (shown.tops[last] ?? shown.height)}px`;
  rows.push(parts.above);
  let groups = head;
  for (let at = first; at < last; at += 1) {
    const { one, group } = shown.lines[at];
    if (one === undefined) { rows.push(groupRow(groups, group)); groups += 1; } else rows.push(lineRow(free, one, at, left, right));
  }
  rows.push(parts.below);
  put(rows);
  if (holdsFocus) (inner(current ?? holdsFocus) ?? frame).focus({ preventScroll: true });
}

/** Puts rows into the body, and leaves alone those that stand where they should. */
function put(rows) {
  const kept = new Set(rows);
  for (const row of [...parts.body.children]) if (!kept.has(row)) row.remove();
  let next = parts.body.firstChild;
  for (const row of rows) {
    if (row === next) next = next.nextSibling;
    else parts.body.insertBefore(row, next);
  }
}

function drawHeads(left, right) {
  const wide = (className) => make('col', { className });
  const columns = Array.from({ length: right - left }, () => make('col'));
  const gaps = [wide('before'), wide('behind')];
  gaps[0].style.width = `${left * size.column}px`;
  gaps[1].style.width = `${(shown.across.length - right) * size.column}px`;
  parts.columns.replaceChildren(wide('wide'), wide('sum'), gaps[0], ...columns, gaps[1]);
  parts.table.style.width = `calc(var(--side) + var(--sum) + ${shown.across.length * size.column}px)`;
  const gap = () => make('td', { className: 'gap' });
  parts.caption.textContent = document.getElementById('grid-about').textContent;
  parts.corner.textContent = say(shown.swap ? 'corner-swapped' : 'corner');
  parts.total.firstChild.textContent = say(`upright-${counts(state, grid.sifted)}`);
  parts.label.textContent = say(`totals-${counts(state, grid.sifted)}`);
  parts.all.textContent = ratio(grid.sifted.sums.all);
  drawn.heads.clear();
  const groups = [];
  const names = [];
  const sums = [];
  for (let at = left; at < right; at += 1) {
    const one = shown.across[at];
    const starts = at === left || shown.groups[at] !== shown.groups[at - 1];
    const edge = at === 0 || shown.groups[at] !== shown.groups[at - 1] ? 'first' : '';
    if (starts) groups.push(make('th', { scope: 'colgroup', className: edge, colSpan: 1 }, make('span', {}, groupName(shown.groups[at], !shown.swap))));
    else groups.at(-1).colSpan += 1;
    const name = shown.swap ? make('a', { href: `#q${one}` }, `${data.rows[one].clause} ${data.rows[one].title[language()]}`) : make('a', { href: `#f${one}` }, make('bdi', {}, named(data.firms[one])));
    const head = make('th', { scope: 'col', className: edge, 'aria-colindex': at + 3 }, name);
    head.classList.toggle('kept', isKept(one));
    drawn.heads.set(one, head);
    names.push(head);
    const sum = grid.sifted.sums[shown.swap ? 'rows' : 'columns'][one];
    sums.push(make('td', { className: edge, title: ratio(sum) }, sum[1] ? `${Math.round(100 * sum[0] / sum[1])}%` : '–'));
  }
  parts.kinds.replaceChildren(parts.corner, parts.total, gap(), ...groups, gap());
  parts.names.replaceChildren(gap(), ...names, gap());
  parts.sums.replaceChildren(parts.label, parts.all, gap(), ...sums, gap());
  parts.table.setAttribute('aria-rowcount', shown.lines.length + 3);
  parts.table.setAttribute('aria-colcount', shown.across.length + 2);
}

const groupName = (group, isKind) => (isKind ? say(`kind-${group}`) : data.policies[group].name[language()]);

function groupRow(at, group) {
  const row = drawn.groups[at] ??= make('tr', { className: 'policyrow' }, make('th', { scope: 'rowgroup', colSpan: 2 }), make('td'));
  const name = groupName(group, shown.swap);
  row.firstChild.replaceChildren(shown.swap ? name : make('a', { href: `#p${group}` }, name), ...(!shown.swap && data.policies[group].partial ? [' ', make('span', { className: 'tag early' }, say('cite-unchecked'))] : []));
  row.lastChild.colSpan = Math.max(1, drawn.right - drawn.left + 2);
  return row;
}

function lineRow(free, one, index, left, right) {
  const row = drawn.lines.get(index) ?? free.pop() ?? newLine();
  drawn.lines.set(index, row);
  const same = row.index === index && row.version === drawn.version && row.cells.length === right - left;
  const shift = same ? left - row.left : 0;
  if (!same) headLine(row, one, index);
  const whole = !same || Math.abs(shift) >= row.cells.length;
  if (same && !whole) {
    for (let count = 0; count < shift; count += 1) { const td = row.cells.shift(); row.cells.push(td); row.end.before(td); }
    for (let count = 0; count > shift; count -= 1) { const td = row.cells.pop(); row.cells.unshift(td); row.begin.after(td); }
  }
  while (row.cells.length < right - left) {
    const td = make('td', {}, make('span', { role: 'button', tabIndex: -1 }));
    row.cells.push(td);
    row.end.before(td);
  }
  for (const td of row.cells.splice(right - left)) td.remove();
  row.cells.forEach((td, at) => {
    const column = left + at;
    if (whole || (shift > 0 && at >= row.cells.length - shift) || (shift < 0 && at < -shift)) {
      fillCell(td, shown.swap ? { q: shown.across[column], f: one } : { q: one, f: shown.across[column] }, column);
    }
    drawn.cells.set(td.place.q * COLUMNS + td.place.f, td);
  });
  Object.assign(row, { index, left, version: drawn.version });
  return row.tr;
}

function headLine(row, one, index) {
  row.tr.setAttribute('aria-rowindex', index + 4);
  row.link.href = shown.swap ? `#f${one}` : `#q${one}`;
  row.clause.textContent = shown.swap ? '' : data.rows[one].clause;
  row.name.textContent = shown.swap ? named(data.firms[one]) : data.rows[one].title[language()];
  row.sum.textContent = ratio(grid.sifted.sums[shown.swap ? 'columns' : 'rows'][one]);
}

function newLine() {
  const row = { clause: make('span', { className: 'clause', lang: 'zh-CN' }), name: make('span', { className: 'name' }), sum: make('td', { className: 'sum' }), begin: make('td', { className: 'gap' }), end: make('td', { className: 'gap' }), cells: [] };
  row.link = make('a', { href: '#' }, row.clause, row.name);
  row.tr = make('tr', {}, make('th', { scope: 'row' }, row.link), row.sum, row.begin, row.end);
  return row;
}

function fillCell(td, place, column) {
  const { q, f } = place;
  const key = q * COLUMNS + f;
  const button = td.firstChild;
  const letter = letterOf(q, f);
  const pieces = found.pieces[key];
  const own = isVoluntary(q, f);
  const old = pieces > 0 && found.when[key] === 2;
  const text = pieces ? data.glyphs[letter] + pieces : data.glyphs[letter];
  const dim = grid.sifted.cellwise && !grid.sifted.match[key];
  const starts = column === 0 || shown.groups[column] !== shown.groups[column - 1];
  const look = letter + (own ? ' v' : '') + (old ? ' p' : '') + (starts ? ' first' : '') + (dim ? ' dim' : '') + (chosenPlace && chosenPlace.q === q && chosenPlace.f === f ? ' chosen' : '');
  if (td.className !== look) td.className = look;
  if (button.textContent !== text) button.textContent = text;
  const name = `${say(`level-${data.letters[letter]}`)}${own ? `, ${say('level-voluntary')}` : ''}${old ? `, ${say('level-predates')}` : ''} ${text}`;
  if (td.said !== name) { td.said = name; button.setAttribute('aria-label', name); }
  const index = current && current.q === q && current.f === f ? 0 : -1;
  if (button.tabIndex !== index) button.tabIndex = index;
  td.place = place;
  td.setAttribute('aria-colindex', column + 3);
}

const inner = ({ q, f }) => drawn.cells.get(q * COLUMNS + f)?.firstChild;
const isKept = (one) => Boolean(chosenPlace) && (shown.swap ? chosenPlace.q : chosenPlace.f) === one;
const headOf = (place) => drawn.heads.get(shown.swap ? place.q : place.f);

/** Scrolls a cell into view, drawn or not. */
function bring({ q, f }) {
  const [down, right] = shown.swap ? [f, q] : [q, f];
  const line = shown.lines.findIndex(({ one }) => one === down);
  const column = shown.across.indexOf(right);
  if (line < 0 || column < 0 || !frame.clientWidth) return;
  const side = parts.label.offsetWidth + parts.all.offsetWidth;
  const top = shown.tops[line];
  const left = column * size.column;
  const lowest = top + size.line - (frame.clientHeight - size.head);
  const rightmost = left + size.column - (frame.clientWidth - side);
  frame.scrollTop = Math.min(top - size.group, Math.max(frame.scrollTop, lowest));
  frame.scrollLeft = Math.min(left, Math.max(frame.scrollLeft, rightmost));
  Object.assign(seen, { top: frame.scrollTop, left: frame.scrollLeft, width: frame.clientWidth, height: frame.clientHeight });
  draw();
}

function pick(place) {
  const before = chosenPlace && inner(chosenPlace);
  before?.parentNode.classList.remove('chosen');
  chosenPlace = place;
  if (place) inner(place)?.parentNode.classList.add('chosen');
  for (const [one, head] of drawn.heads) head.classList.toggle('kept', isKept(one));
}
