// Start: wire the controls to the address, and the address to what is shown.
const form = $('#filters');

function fields() {
  for (const name of [...FILTERS, ...ARRANGE].filter((name) => !CHOICES.includes(name))) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === 'checkbox') field.checked = Boolean(state[name]);
    else if (document.activeElement !== field || field.tagName === 'SELECT') field.value = state[name] ?? '';
  }
  markChoices();
  const levels = new Set((state.level ?? '').split(','));
  for (const box of $$('.legend input')) box.checked = levels.has(box.value);
}

/** The list from which one sheet of a view is chosen, made when the view is first seen. */
function chooser(view, name) {
  if (!$(`.chooser [name="${name}"]`)) {
    const options = LISTS[name].map((one, at) => make('option', { value: one.id, 'data-zh': label(one, 0), 'data-en': label(one, 1) }, label(one, language())));
    const all = make('option', { value: '', 'data-zh': data.texts[`all-${view}`][0], 'data-en': data.texts[`all-${view}`][1] }, say(`all-${view}`));
    const words = data.texts[`choose-${name}`];
    const select = make('select', { name, onchange: () => go({ [name]: select.value }) }, all, ...options);
    const caption = make('span', {}, make('span', { className: 'zh' }, words[0]), make('span', { className: 'en', lang: 'en' }, words[1]));
    $('h2', document.getElementById(view)).after(make('label', { className: 'chooser' }, caption, select));
  }
}

/** The address of this view as another can use it: of a file on this disk only its name, which is the same in every copy. */
const passedOn = () => (location.protocol === 'file:' ? decodeURIComponent(location.pathname.split('/').pop()) + location.hash : location.href);

function label(one, at) {
  if (one.title) return `${data.policies[one.policy].name[at]} ${one.clause[at]} ${one.title[at]}`;
  return Array.isArray(one.name) ? one.name[at] : one.name;
}

function render({ next, scroll, focus }) {
  const before = state;
  state = next;
  $(state.lang === 'en' ? '#lang-en' : '#lang-zh').checked = true;
  if (before.lang !== state.lang || !root.classList.contains('ready')) speak();
  root.dataset.view = state.view;
  for (const link of $$('.top nav a')) {
    if (link.hash === `#${state.view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const name = PROFILE[state.view];
  const one = name && state[name] ? find(LISTS[name], state[name]) : -1;
  const unknown = name && state[name] && one < 0 ? state[name] : state.cell && !chosenCell() ? state.cell : '';
  if (unknown) tellFor(say('not-in-page', { id: unknown }));
  if (name) chooser(state.view, name);
  for (const profile of $$('.profile.on')) profile.classList.remove('on');
  if (one >= 0) sheetOf(state.view, one).classList.add('on');
  if (name && one < 0) listOf(state.view);
  if (state.view === 'compare') drawComparison();
  if (state.view === 'review') drawReview();
  if (state.view === 'overview' && pack && rulings.entries.length) drawHumans();
  for (const sheet of $$('.profile.drawn')) sheet.hidden = !sheet.classList.contains('on');
  root.toggleAttribute('data-one', one >= 0);
  for (const select of $$('.chooser > select')) select.value = state[select.name] ?? '';
  if (before.view !== state.view || (name && before[name] !== state[name])) scrollTo(0, 0);
  fields();
  show(state);
  paint();
  root.classList.add('ready');
  if (scroll) { root.classList.add('painted'); document.getElementById(scroll).scrollIntoView(); }
  if (focus && chosenCell()) moveTo(chosenCell());
  if (one >= 0 && (before.view !== state.view || before[name] !== state[name]) && root.classList.contains('moved')) headed($('.profile.on :is(h3, h4)'));
  root.classList.add('moved');
}

/** Puts the focus on the heading of a sheet that was asked for, unless something else took it. */
function headed(heading) {
  const held = document.activeElement;
  if (held?.offsetWidth && held !== document.body) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function start() {
  for (const link of $$('a[data-go]')) link.href = `#matrix?${link.dataset.go}`; // so that it can be opened beside this one
  for (const link of $$('a[data-cell]')) { const [f, q] = link.dataset.cell.split('-'); link.href = addressOfCell({ q, f }); }
  $('#copy-view').hidden = false;
  $('#copy-view').addEventListener('click', (event) => copied(passedOn(), event.target, location.protocol === 'file:' ? 'copied-name' : 'cited'));
  $('#print').hidden = false;
  $('#print').addEventListener('click', askToPrint);
  for (const id of ['lang-zh', 'lang-en']) $(`#${id}`).addEventListener('change', () => go({ lang: language() ? 'en' : '' }, true));
  collect();
  listen();
  $('#filterbox').hidden = false;
  const wide = matchMedia('(min-width: 701px)');
  $('#filterbox').open = wide.matches;
  wide.addEventListener('change', () => { if (wide.matches) $('#filterbox').open = true; });
  for (const box of $$('.legend input')) {
    box.hidden = false;
    box.addEventListener('change', () => go({ level: $$('.legend input:checked').map((one) => one.value).join(',') }, true));
  }
  form.addEventListener('input', (event) => {
    const field = event.target;
    if (field.classList.contains('find')) { offerFirms(field.closest('.choices')); return; }
    if (CHOICES.includes(field.name)) { choosing(field); return; }
    go({ [field.name]: field.type === 'checkbox' ? (field.checked ? '1' : '') : field.value }, true);
  });
  listenChoices();
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => { event.preventDefault(); form.elements.words.value = ''; go(Object.fromEntries([...FILTERS, 'holes'].map((name) => [name, ''])), true); });
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.classList.contains('skip')) { go({ view: 'matrix', cell: '' }); requestAnimationFrame(() => requestAnimationFrame(() => { if (current) moveTo(current); else frame.focus(); })); return; } // once it is drawn
    if (link.dataset.cell) { wantsFocus = true; visit(parse(`#${link.classList.contains('back') ? 'c' : 'x'}${link.dataset.cell}`)); return; }
    if (link.dataset.go) {
      go({ ...Object.fromEntries(FILTERS.map((name) => [name, ''])), holes: '', cell: '', ...Object.fromEntries(new URLSearchParams(link.dataset.go)), view: 'matrix' });
      return;
    }
    if (VIEWS.includes(link.hash.slice(1))) { go({ view: link.hash.slice(1), cell: '', firm: '', requirement: '', document: '' }); return; }
    if (link.hash.startsWith('#x')) wantsFocus = true;
    visit(parse(link.hash));
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && state.cell && !$('#asking').open) { event.preventDefault(); close(); } });
  window.addEventListener('hashchange', () => {
    if (location.hash === written) return;
    written = null;
    render(parse(location.hash || '#overview'));
  });
  document.addEventListener('keydown', onReviewKey);
  window.addEventListener('beforeunload', (event) => { if (rulings.unsaved && !rulings.kept) event.preventDefault(); });
  listenToPaper();
  render(parse(location.hash || '#overview'));
  ready.then(() => { recall(); root.classList.add('unpacked'); render({ next: state }); }, () => { for (const one of $$('.unscripted')) { one.textContent = say('unpack-failed'); one.classList.add('shown'); } });
}

start();
