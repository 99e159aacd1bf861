// What is shown lives in the address: #view?name=value&…, with ids rather than positions, so that it can be passed on.
const VIEWS = data.orders.views;
const FILTERS = ['words', 'policy', 'part', 'kind', 'only', 'theme', 'obligation', 'grade', 'when', 'score', 'level'];
const ARRANGE = ['holes', 'swap', 'dense', 'sort'];
const PROFILE = { firms: 'firm', requirements: 'requirement', documents: 'document' };
const LISTS = { firm: data.firms, requirement: data.rows, document: data.documents };
const PLACES = { f: 'firm', q: 'requirement', d: 'document' };
let state = { view: 'overview' };
let written = null;

const find = (list, id) => list.findIndex((one) => one.id === id);

function address(next) {
  const pairs = Object.entries(next).filter(([name, value]) => name !== 'view' && value);
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `#${next.view}${query ? `?${query}` : ''}`;
}

/** The state an address stands for, plus `scroll`: the id of a place in the page to bring into view. */
function parse(hash) {
  const [named, query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const place = named || 'overview';
  const kept = { ...state };
  if (VIEWS.includes(place)) {
    const asked = Object.fromEntries(new URLSearchParams(query));
    return { next: { lang: state.lang, ...asked, view: place } };
  }
  const cell = /^([xc])(\d+)-(\d+)$/.exec(place);
  if (cell) {
    const [, kind, firm, row] = cell;
    if (!data.firms[firm] || !data.rows[row]) return { next: kept };
    const chosen = `${data.firms[firm].id}~${data.rows[row].id}`;
    return { next: { ...kept, view: kind === 'c' ? 'matrix' : kept.view, cell: chosen }, focus: kind === 'c' };
  }
  const profile = /^([fqd])(\d+)$/.exec(place);
  if (profile) {
    const name = PLACES[profile[1]];
    const view = Object.keys(PROFILE).find((key) => PROFILE[key] === name);
    const one = LISTS[name][profile[2]];
    return { next: one ? { ...kept, cell: '', view, [name]: one.id } : kept };
  }
  const target = place && document.getElementById(place);
  const view = target?.closest('.view');
  return { next: view ? { ...kept, view: view.id, cell: '' } : kept, scroll: target ? place : '' };
}

/** Changes what is shown, and the address with it; `replace` leaves no step to go back to. */
function go(changes, replace = false) {
  visit({ next: { ...state, ...changes } }, replace);
}

/** Shows a target at once; the hashchange that follows finds nothing left to do. */
function visit(target, replace = false) {
  const next = address(target.next);
  if (next !== address(state)) {
    if (replace) rewrite(next);
    else location.hash = next;
    written = location.hash;
  }
  render(target);
}

/** Puts another address in place of this one, without a step to go back to. */
function rewrite(next) {
  try { history.replaceState(null, '', next); } catch { location.replace(next); }
}

const addressOfCell = ({ q, f }) => address({ view: 'matrix', cell: `${data.firms[f].id}~${data.rows[q].id}` });

function chosenCell() {
  const cell = state.cell || '';
  for (let at = cell.indexOf('~'); at >= 0; at = cell.indexOf('~', at + 1)) { // an id may hold the sign itself
    const place = { f: find(data.firms, cell.slice(0, at)), q: find(data.rows, cell.slice(at + 1)) };
    if (place.f >= 0 && place.q >= 0) return place;
  }
  return null;
}
