// Filters that take several values: a list of boxes behind a button, written into the address as a list.
const CHOICES = ['policy', 'part', 'kind', 'only', 'theme', 'obligation', 'grade'];
const FOUND = 60; // firms that the list of firms names at once; the rest are found by a word
/** An id as a member of a list in the address; the list is cut at commas. */
const member = (id) => id.replace(/[%,]/g, encodeURIComponent);
const chosenOf = (name) => (state[name] ?? '').split(',').filter(Boolean);

/** Puts the boxes and the words beside them as the address has them. */
function markChoices() {
  for (const list of $$('.choices', form)) {
    if (list.dataset.name === 'only') offerFirms(list);
    const boxes = $$('input[type="checkbox"]', list);
    for (const box of boxes) box.checked = chosenOf(box.name).includes(box.value);
    const number = [...new Set(boxes.map((box) => box.name))].reduce((sum, name) => sum + chosenOf(name).length, 0);
    const one = number === 1 && boxes.find((box) => box.checked);
    const words = number === 0 ? say('any') : one ? labelOf(one) : say('chosen', { number });
    const said = $('.picked', list);
    said.textContent = words;
    list.classList.toggle('some', number > 0);
  }
}

/** The words of a box in the language shown. */
function labelOf(box) {
  const copy = box.nextElementSibling.cloneNode(true);
  for (const other of $$(language() ? '.zh' : '.en', copy)) other.remove();
  return copy.textContent.trim();
}

/** Lists firms that hold the word, the chosen ones first. */
function offerFirms(list) {
  const word = fold($('.find', list).value.trim());
  const chosen = new Set(chosenOf('only'));
  const key = `${word} ${list.open || [...chosen]} ${language()}`; // no line moves under the pointer while the list is open
  if (list.offered === key) return;
  list.offered = key;
  const hits = list.open ? data.firms.filter((firm, f) => !chosen.has(member(firm.id)) && firmText[f].includes(word)) : [];
  const picked = data.firms.filter((firm) => chosen.has(member(firm.id)));
  const label = (firm) => make('label', {}, make('input', { type: 'checkbox', name: 'only', value: member(firm.id) }), make('span', {}, make('bdi', {}, named(firm))));
  const rest = hits.length - FOUND;
  $('.options', list).replaceChildren(...[...picked, ...hits.slice(0, FOUND)].map(label), ...(rest > 0 ? [make('p', { className: 'hint' }, say('find-more', { number: rest }))] : []));
}

/** Takes a value into its list, or out of it. */
function choosing(box) {
  const kept = chosenOf(box.name).filter((value) => value !== box.value);
  go({ [box.name]: (box.checked ? [...kept, box.value] : kept).join(',') }, true);
}

/** Opens one list at a time; a click elsewhere and Escape close it. */
function listenChoices() {
  const lists = $$('.choices', form);
  const shut = (except) => { for (const list of lists) if (list !== except) list.open = false; };
  for (const list of lists) {
    list.addEventListener('toggle', () => { if (list.open) { shut(list); markChoices(); } });
    list.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !list.open) return;
      event.stopPropagation();
      list.open = false;
      $('summary', list).focus();
    });
  }
  document.addEventListener('pointerdown', (event) => shut(event.target.closest?.('.choices')));
  document.addEventListener('focusin', (event) => shut(event.target.closest?.('.choices')));
}
