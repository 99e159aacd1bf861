// The matrix: only the part in view is drawn, each line and cell at its place, with elements that are kept and filled anew.
const frame = $('#grid');
const REST = 150; // milliseconds without a new window after which the elements are put into reading order
const BLOCK = 4; // lines and columns drawn beyond each edge; the window moves by so many
const grid = { rowOrder: [], columnOrder: [], sifted: null };
const size = { line: 0, policy: 0, part: 0, column: 0, head: 0, side: 0, sum: 0 };
const shown = { lines: [], tops: [], height: 0, across: [], groups: [], lineOf: new Map(), columnOf: new Map(), swap: false, key: '' };
const drawn = { rows: new Map(), heads: new Map(), window: '', left: 0, right: 0, version: 0, now: null, rest: 0 };
const seen = { top: 0, left: 0, width: 0, height: 0 }; // what the frame shows; kept, since asking would lay the page out
const parts = {};
let chosenPlace = null;

const box = (role, className, ...children) => make('div', { role, className }, ...children);
const put = (element, property, value) => { if (element.style.getPropertyValue(property) !== value) element.style.setProperty(property, value); };

function collect() {
  const span = { 'aria-rowspan': 2 };
  Object.assign(parts, { corner: make('div', { role: 'columnheader', className: 'corner', ...span }), upright: make('span', { className: 'upright' }), label: box('rowheader', 'corner'), all: box('cell', 'sum') });
  parts.total = make('div', { role: 'columnheader', className: 'sum', ...span }, parts.upright);
  parts.kinds = box('row', 'kinds');
  parts.names = box('row', 'names');
  parts.sums = box('row', 'sums');
  parts.now = make('span');
  parts.head = box('rowgroup', 'head', parts.kinds, parts.names, parts.sums, make('div', { className: 'now', 'aria-hidden': 'true' }, parts.now));
  parts.body = box('rowgroup', 'body');
  parts.table = make('div', { role: 'grid', className: 'sheet', 'aria-labelledby': 'grid-about' }, parts.head, parts.body);
  parts.column = make('div', { className: 'cross column', hidden: true });
  parts.line = make('div', { className: 'cross line', hidden: true });
  parts.body.append(parts.column, parts.line);
  frame.append(parts.table);
  frame.addEventListener('scroll', () => { Object.assign(seen, { top: frame.scrollTop, left: frame.scrollLeft }); draw(); }, { passive: true });
  new ResizeObserver(() => {
    Object.assign(seen, { width: frame.clientWidth, height: frame.clientHeight, top: frame.scrollTop, left: frame.scrollLeft });
    size.rem = null;
    if (grid.sifted) layOut();
  }).observe(frame);
}

function show(asked) {
  const key = JSON.stringify([FILTERS, ARRANGE].flat().filter((name) => name !== 'dense').map((name) => asked[name] ?? '').concat(Boolean(pack), language(), rulings.version));
  if (key !== shown.key || !grid.sifted) {
    shown.key = key;
    grid.sifted = sift(asked);
    ({ rows: grid.rowOrder, columns: grid.columnOrder } = orders(asked, grid.sifted.sums));
    shown.swap = Boolean(asked.swap);
    shown.themed = isThemed(asked);
    order(asked);
    drawn.version += 1;
  }
  frame.classList.toggle('dense', Boolean(asked.dense));
  frame.classList.toggle('swapped', shown.swap);
  tell(asked, grid.sifted);
  settle();
  layOut();
}

/** The lines from top to bottom, a head before each policy and part (or kind of firm), and the columns from left to right. */
function order(asked) {
  const { rows, columns } = grid.sifted;
  const down = grid.rowOrder.filter((q) => rows[q]);
  const right = grid.columnOrder.filter((f) => columns[f]);
  const policyOf = (q) => (shown.themed ? THEME_OF[q] : data.rows[q].policy);
  const kindOf = (f) => data.firms[f].kind;
  shown.across = shown.swap ? down : right;
  shown.groups = shown.across.map(shown.swap ? policyOf : kindOf);
  shown.lines = [];
  let [group, part] = [null, -1];
  for (const one of shown.swap ? right : down) {
    const own = shown.swap ? kindOf(one) : policyOf(one);
    if (own !== group) { group = own; part = -1; shown.lines.push({ type: 'policy', group, part }); }
    const inner = shown.swap || asked.sort ? -1 : data.rows[one].part;
    if (inner !== part) { part = inner; if (part >= 0) shown.lines.push({ type: 'part', group, part }); }
    shown.lines.push({ type: 'line', one, group, part });
  }
  shown.lineOf = new Map(shown.lines.map(({ one }, at) => [one, at]));
  shown.columnOf = new Map(shown.across.map((one, at) => [one, at]));
}

/** Measures, and draws everything anew. */
function layOut() {
  if (!seen.width) return;
  size.rem ??= Number.parseFloat(getComputedStyle(root).fontSize);
  const { rem } = size;
  const dense = frame.classList.contains('dense');
  const narrow = seen.width < 45 * rem;
  Object.assign(size, {
    line: Math.round(rem * (dense ? 1.3 : 2.3)), policy: Math.round(rem * 1.8), part: Math.round(rem * 1.5), 
    side: Math.round(rem * (narrow ? 8.5 : shown.swap ? 14 : 21)), sum: Math.round(rem * 5.6), names: Math.round(rem * (shown.swap ? 12 : 7.2)),
  });
  const room = (seen.width - size.side - size.sum) / (shown.across.length || 1); // what a column may take where there are few
  size.column = Math.round(dense ? rem * 1.7 : Math.max(rem * 2.5, Math.min(rem * 4.4, Math.floor(room))));
  size.head = Math.round(rem * 1.6) * 2 + size.names;
  for (const [name, value] of [['--tall', size.line], ['--policy', size.policy], ['--part', size.part], ['--col', size.column], ['--side', size.side], ['--sum', size.sum], ['--names', size.names], ['--strip', Math.round(rem * 1.6)], ['--head', size.head]]) put(frame, name, `${value}px`);
  let top = 0;
  shown.tops = shown.lines.map(({ type }) => { const at = top; top += size[type]; return at; });
  shown.height = top;
  put(parts.table, 'width', `${size.side + size.sum + shown.across.length * size.column}px`);
  put(parts.body, 'height', `${top}px`);
  put(frame, '--whole', `${size.head + top + 24}px`);
  const spread = `${size.column} ${size.side}`;
  const moved = spread !== drawn.spread;
  if (moved) { drawn.spread = spread; drawn.version += 1; }
  const key = [size.line, drawn.version].join(' ');
  if (key !== drawn.key) { drawn.key = key; drawn.window = ''; }
  draw();
  if (moved && drawn.crossed) cross(drawn.crossed);
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
  const top = Math.max(0, Math.min(seen.top, shown.height + size.head - seen.height));
  now(lineAt(top));
  const first = block(lineAt(top));
  const last = Math.min(shown.lines.length, first + Math.ceil(seen.height / size.line) + 3 * BLOCK);
  const across = Math.ceil((seen.width - size.side - size.sum) / size.column);
  const left = block(Math.max(0, Math.min(Math.floor(seen.left / size.column), shown.across.length - across)));
  const right = Math.min(shown.across.length, left + across + 3 * BLOCK);
  const key = `${first} ${last} ${left} ${right}`;
  if (key === drawn.window) return;
  if (drawn.window === '' || drawn.left !== left || drawn.right !== right) drawHeads(left, right);
  Object.assign(drawn, { window: key, left, right });
  const free = { line: [], policy: [], part: [] };
  for (const [at, row] of drawn.rows) {
    if (at >= first && at < last && shown.lines[at].type === row.type) continue;
    drawn.rows.delete(at);
    free[row.type].push(row);
  }
  for (let at = first; at < last; at += 1) {
    const line = shown.lines[at];
    const row = drawn.rows.get(at) ?? free[line.type].pop() ?? (line.type === 'line' ? newLine() : newGroup(line.type));
    drawn.rows.set(at, row);
    put(row.box, 'top', `${shown.tops[at]}px`);
    if (row.index !== at || row.version !== drawn.version) row.box.setAttribute('aria-rowindex', at + 4);
    if (line.type === 'line') fillLine(row, line, at, left, right); else fillGroup(row, line, at);
    if (!row.box.isConnected) parts.body.append(row.box);
  }
  for (const row of Object.values(free).flat()) row.box.remove();
  parts.table.setAttribute('aria-rowcount', shown.lines.length + 3);
  parts.table.setAttribute('aria-colcount', shown.across.length + 2);
  keepFocus();
  clearTimeout(drawn.rest);
  drawn.rest = setTimeout(tidy, REST);
}

/** Keeps the focus on its cell, or on the frame once the cell is out of view: the element itself now shows another. */
function keepFocus() {
  const held = document.activeElement;
  if (!held?.classList.contains('td') || !current) return;
  const own = inner(current);
  if (held !== own) (own ?? frame).focus({ preventScroll: true });
}

/** Puts the elements into reading order, which while scrolling only their places show. */
function tidy() {
  const holder = frame.contains(document.activeElement) ? document.activeElement : null;
  const rows = [...drawn.rows].sort(([a], [b]) => a - b).map(([, row]) => row);
  inOrder(parts.body, rows.map((row) => row.box), parts.line);
  for (const row of rows) if (row.cells) inOrder(row.box, [...row.cells].sort((a, b) => a.column - b.column), row.sum);
  if (holder && document.activeElement !== holder) holder.focus({ preventScroll: true });
}

function inOrder(parent, children, after) {
  let before = after;
  for (const child of children) {
    if (before.nextSibling !== child) before.after(child);
    before = child;
  }
}

/** Names, under the heads of the columns, the policy and part (or kind) of the first line in view, once its own head is gone. */
function now(at) {
  const line = shown.lines[at];
  parts.now.parentNode.hidden = !line || (line.type === 'policy' && seen.top <= shown.tops[at]);
  const key = line ? `${line.group} ${line.part} ${drawn.version}` : '';
  if (key === drawn.now) return;
  drawn.now = key;
  parts.now.textContent = line ? [groupName(line.group, shown.swap), ...(line.part >= 0 ? [partName(line.part)] : [])].join(' › ') : '';
}

function drawHeads(left, right) {
  parts.corner.textContent = say(shown.swap ? 'corner-swapped' : 'corner');
  parts.upright.textContent = say(`upright-${counts(state, grid.sifted)}`);
  parts.label.textContent = `${say(`totals-${counts(state, grid.sifted)}`)}${size.column > size.rem * 3.6 ? '' : ' · %'}${rulings.cells.size ? ` · ${say('by-machine')}` : ''}`;
  parts.all.textContent = ratio(grid.sifted.sums.all);
  drawn.heads.clear();
  const [groups, names, sums] = [[], [], []];
  const from = (at) => `${size.side + size.sum + at * size.column}px`;
  for (let at = left; at < right; at += 1) {
    const one = shown.across[at];
    const edge = at === 0 || shown.groups[at] !== shown.groups[at - 1] ? ' first' : '';
    if (at === left || edge) {
      const group = make('div', { role: 'columnheader', className: `th${edge}`, 'aria-colindex': at + 3 }, make('span', {}, groupName(shown.groups[at], !shown.swap)));
      group.style.left = from(at);
      groups.push([group, 0]);
    }
    groups.at(-1)[1] += 1;
    const name = shown.swap ? make('a', { href: `#q${one}`, tabIndex: -1 }, titleOf(data.rows[one])) : make('a', { href: `#f${one}`, tabIndex: -1 }, make('bdi', {}, named(data.firms[one])));
    const head = make('div', { role: 'columnheader', className: `th${edge}`, 'aria-colindex': at + 3 }, name);
    head.style.left = from(at);
    head.classList.toggle('kept', isKept(one));
    drawn.heads.set(one, head);
    names.push(head);
    const sum = grid.sifted.sums[shown.swap ? 'rows' : 'columns'][one];
    const share = make('div', { role: 'cell', className: `th${edge}`, title: ratio(sum), 'aria-colindex': at + 3 }, sum[1] ? (size.column > size.rem * 3.6 ? ratio(sum) : percentOf(sum)) : '–');
    share.style.left = from(at);
    sums.push(share);
  }
  for (const [group, span] of groups) { group.style.width = `${span * size.column}px`; group.setAttribute('aria-colspan', span); }
  parts.kinds.replaceChildren(parts.corner, parts.total, ...groups.map(([group]) => group));
  parts.names.replaceChildren(...names);
  parts.sums.replaceChildren(parts.label, parts.all, ...sums);
}

const groupName = (group, isKind) => (isKind ? say(`kind-${group}`) : shown.themed ? data.themed[group][0][language()] ?? say('no-theme') : data.policies[group].name[language()]);
const partName = (part) => `${data.parts[part].label[language()]} ${data.parts[part].name[language()]}`;

function newGroup(type) {
  const row = { type, head: box('rowheader', 'side'), sum: box('cell', 'sum') };
  row.box = box('row', `row ${type}row`, row.head, row.sum);
  return row;
}

function fillGroup(row, line, at) {
  if (row.index === at && row.version === drawn.version) return;
  Object.assign(row, { index: at, version: drawn.version });
  const { sums } = grid.sifted;
  const name = line.type === 'part' ? partName(line.part) : groupName(line.group, shown.swap);
  const linked = line.type === 'policy' && !shown.swap && !shown.themed;
  row.head.replaceChildren(linked ? make('a', { href: `#p${line.group}` }, name) : name, ...(linked && data.policies[line.group].partial ? [' ', make('span', { className: 'tag early' }, say('cite-unchecked'))] : []));
  row.sum.textContent = ratio(line.type === 'part' ? sums.parts[line.part] : shown.swap ? sums.kinds.get(line.group) : shown.themed ? sumOfTheme(line.group) : sums.policies[line.group]);
}

/** Evidenced and addressed cells of all rows of a theme. */
function sumOfTheme(theme) {
  const sum = [0, 0];
  for (const q of data.themed[theme][1]) add(sum, grid.sifted.sums.rows[q]);
  return sum;
}

function newLine() {
  const row = { type: 'line', clause: make('span', { className: 'clause' }), name: make('span', { className: 'name' }), sum: box('cell', 'sum'), cells: [] };
  row.link = make('a', { href: '#', tabIndex: -1 }, row.clause, row.name);
  row.box = box('row', 'row', box('rowheader', 'side', row.link), row.sum);
  return row;
}

function fillLine(row, { one }, index, left, right) {
  const same = row.index === index && row.version === drawn.version;
  if (!same) {
    row.link.href = shown.swap ? `#f${one}` : `#q${one}`;
    row.clause.textContent = shown.swap ? '' : shown.themed ? `${data.policies[data.rows[one].policy].id} ${data.rows[one].clause[language()]}` : data.rows[one].clause[language()];
    row.name.replaceChildren(...(shown.swap ? [named(data.firms[one])] : [data.rows[one].title[language()], ...standingOf(one)]));
    row.sum.textContent = ratio(grid.sifted.sums[shown.swap ? 'columns' : 'rows'][one]);
    row.box.classList.toggle('kept', isChosenLine(one));
  }
  const count = right - left;
  const resized = row.cells.length !== count;
  while (row.cells.length < count) {
    const cell = make('div', { role: 'gridcell', className: 'td', tabIndex: -1 });
    row.cells.push(cell);
    row.box.append(cell);
  }
  for (const cell of row.cells.splice(count)) cell.remove();
  for (let column = left; column < right; column += 1) {
    const cell = row.cells[column % count];
    if (same && !resized && cell.column === column) continue;
    fillCell(cell, shown.swap ? { q: shown.across[column], f: one } : { q: one, f: shown.across[column] }, column);
  }
  Object.assign(row, { index, version: drawn.version });
}

const spoken = new Map();

/** What a cell is called: its level, and whether it is voluntary, older than the policy, or scored low. */
function calledLevel(letter, own, old, low) {
  const key = `${letter}${own}${old}${low}${language()}`;
  if (!spoken.has(key)) spoken.set(key, [say(`level-${data.letters[letter]}`), ...(own ? [say('level-voluntary')] : []), ...(old ? [say('level-predates')] : []), ...(low ? [tentativeSaid()] : [])].join(', '));
  return spoken.get(key);
}

function fillCell(cell, place, column) {
  const key = place.q * COLUMNS + place.f;
  const letter = LETTERS[shows[key]];
  const pieces = found.pieces[key];
  const own = voluntary[key];
  const old = pieces > 0 && found.when[key] === 2 ? 1 : 0;
  const dim = grid.sifted.cellwise && !grid.sifted.match[key];
  const first = column === 0 || shown.groups[column] !== shown.groups[column - 1];
  const chosen = chosenPlace && chosenPlace.q === place.q && chosenPlace.f === place.f;
  const alleged = found.alleged[key];
  const unclear = pieces ? 0 : unsettled(key);
  const number = letter === LETTER_OF.adverse ? found.findings[key] : pieces - alleged; // of what makes the mark
  const said = dim ? '' : humanLetter(key);
  const low = isTentative(key) ? 1 : 0;
  const text = dim ? '' : `${data.glyphs[letter]}${number || ''}${alleged ? `${ALLEGED}${alleged}` : ''}${unclear ? UNDECIDED : ''}`;
  const look = `td ${dim ? 'dim' : letter}${own && !dim ? ' v' : ''}${old && !dim ? ' p' : ''}${low && !dim ? ' t' : ''}${first ? ' first' : ''}${said ? ' said' : ''}${chosen ? ' chosen' : ''}`;
  if (cell.look !== look) { cell.look = look; cell.className = look; }
  if (cell.text !== text) { cell.text = text; cell.textContent = text; }
  if (cell.said !== said) { cell.said = said; if (said) cell.dataset.said = glyphSaid(said); else delete cell.dataset.said; }
  const name = dim ? '' : `${calledLevel(letter, own, old, low)} ${text}${alleged ? `, ${say('level-alleged')}` : ''}${unclear ? `, ${say('level-undecided')}` : ''}${said ? `, ${say('said-by-human', { level: levelSaid(said) })}` : ''}`;
  if (cell.name !== name) { cell.name = name; if (name) cell.setAttribute('aria-label', name); else cell.removeAttribute('aria-label'); }
  const index = current && current.q === place.q && current.f === place.f ? 0 : -1;
  if (cell.tabIndex !== index) cell.tabIndex = index;
  if (cell.column !== column || cell.step !== size.column || cell.side !== size.side) {
    Object.assign(cell, { column, step: size.column, side: size.side });
    cell.style.left = `${size.side + size.sum + column * size.column}px`;
    cell.setAttribute('aria-colindex', column + 3);
  }
  cell.place = place;
}

const placeOf = (target) => target.closest?.('.td')?.place;
/** The element of a cell, where it is drawn. */
function inner(place) {
  const { line, column } = standing(place);
  const cells = drawn.rows.get(line)?.cells;
  const cell = cells?.[column % cells.length];
  return cell?.column === column && cell.place.q === place.q && cell.place.f === place.f ? cell : undefined;
}

const isKept = (one) => Boolean(chosenPlace) && (shown.swap ? chosenPlace.q : chosenPlace.f) === one;
const isChosenLine = (one) => Boolean(chosenPlace) && (shown.swap ? chosenPlace.f : chosenPlace.q) === one;

/** Where a cell stands, in lines and columns of what is shown. */
function standing({ q, f }) {
  const [down, right] = shown.swap ? [f, q] : [q, f];
  return { line: shown.lineOf.get(down) ?? -1, column: shown.columnOf.get(right) ?? -1 };
}

/** The link in the head of a cell's column or row, where it is drawn. */
function headLink(place, axis) {
  const { line, column } = standing(place);
  return axis === 'column' ? $('a', drawn.heads.get(shown.across[column]) ?? frame) : drawn.rows.get(line)?.link;
}

/** Lays the cross-hair over the line and the column of a cell, or takes it away. */
function cross(place) {
  drawn.crossed = place;
  const { line, column } = place ? standing(place) : { line: -1, column: -1 };
  parts.column.hidden = column < 0;
  parts.line.hidden = line < 0;
  for (const head of $$('.cross.th', parts.names)) head.classList.remove('cross');
  if (line < 0 || column < 0) return;
  put(parts.column, 'left', `${size.side + size.sum + column * size.column}px`);
  put(parts.line, 'top', `${shown.tops[line]}px`);
  drawn.heads.get(shown.across[column])?.classList.add('cross');
  const cell = inner(place);
  if (cell) cell.title = titleOfCell(place);
}

/** Scrolls a cell into view, drawn or not. */
function bring(place) {
  const { line, column } = standing(place);
  if (line < 0 || column < 0 || !frame.clientWidth) return;
  const top = shown.tops[line];
  const left = column * size.column;
  const lowest = top + size.line - (frame.clientHeight - size.head);
  const rightmost = left + size.column - (frame.clientWidth - size.side - size.sum);
  frame.scrollTop = Math.min(top - size.policy, Math.max(frame.scrollTop, lowest));
  frame.scrollLeft = Math.min(left, Math.max(frame.scrollLeft, rightmost));
  Object.assign(seen, { top: frame.scrollTop, left: frame.scrollLeft, width: frame.clientWidth, height: frame.clientHeight });
  draw();
  inner(place)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // the frame itself may stand half below the screen
}

function pick(place) {
  if (chosenPlace) unmark(inner(chosenPlace));
  chosenPlace = place;
  const cell = place && inner(place);
  if (cell) { cell.look += ' chosen'; cell.className = cell.look; }
  for (const [one, head] of drawn.heads) head.classList.toggle('kept', isKept(one));
  for (const [at, row] of drawn.rows) if (row.type === 'line') row.box.classList.toggle('kept', isChosenLine(shown.lines[at]?.one));
}

function unmark(cell) {
  if (!cell) return;
  cell.look = cell.look.replace(' chosen', '');
  cell.className = cell.look;
}
