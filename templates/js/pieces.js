// Evidence drawn from the packed data: a quote with its marks, a piece, a cell.
const ALL_KINDS = (1 << KINDS.length) - 1;
const quoted = (words) => make('q', { lang: 'zh-CN' }, words);
const tag = (key, early = false) => make('span', { className: early ? 'tag early' : 'tag' }, say(key));
/** Why what is done stands outside the denominator: by the firm's kind or size, else by the day. */
const outside = (q, pieces) => say(data.rows[q].phase && !pieces.some((e) => pack.voluntary[e]) ? `phase-${data.rows[q].phase}` : 'voluntary');
const glyphOf = (letter) => make('span', { className: `sign ${letter}`, 'aria-hidden': 'true' }, data.glyphs[letter]);
/** The sign of a cell: its letter, dashed where the requirement does not bind the firm. */
const signAt = ({ q, f }) => make('span', { className: `sign ${letterOf(q, f)}${isVoluntary(q, f) ? ' v' : ''}`, 'aria-hidden': 'true' }, data.glyphs[letterOf(q, f)]);
const gradeOf = (e) => HEAVIEST[pack.grade[e]];
const gradeSaid = (e) => say(`grade-${pack.isAlleged.has(e) ? 'alleged' : gradeOf(e)}`);
const signOf = (e) => (pack.isAlleged.has(e) ? make('span', { className: 'sign w', 'aria-hidden': 'true' }, ALLEGED) : glyphOf(LETTER_OF[gradeOf(e)]));

/** The quote of some pieces that share it, their marked words as elements. */
function runsOf(...pieces) {
  const text = pack.texts[pack.quote[pieces[0]]];
  const marks = new Uint8Array(text.length);
  for (const e of pieces) {
    for (let at = pack.runFrom[e], from = 0; at < pack.runFrom[e + 1]; at += 1) {
      const end = from + (pack.run[at] >> KINDS.length);
      for (; from < end; from += 1) marks[from] |= pack.run[at] & ALL_KINDS;
    }
  }
  const made = [];
  for (let from = 0, end = 0; from < text.length; from = end) {
    while (end < text.length && marks[end] === marks[from]) end += 1;
    const kinds = KINDS.filter((_, bit) => marks[from] & (1 << bit));
    made.push(kinds.length ? make('mark', { className: kinds.join(' ') }, text.slice(from, end)) : text.slice(from, end));
  }
  return made;
}

/** Title, publisher, date and place of a source. */
function sourceOf(document, start, end) {
  const title = make('bdi', {}, data.documents[document]?.name ?? '');
  return [document in data.documents ? make('a', { href: `#d${document}`, lang: 'zh-CN' }, title) : title, ' · ', ...originOf(document), ' · ', say('where', { start, end })];
}

/** Publisher and date of a document, each with what it rests on. */
function originOf(d) {
  const { publisher, inferred, date, basis } = pack.documents[d] ?? {};
  const note = (key) => make('span', { className: 'basis' }, `(${say(key)})`);
  return [
    ...(publisher ? [make('bdi', { lang: 'zh-CN' }, publisher), ...(inferred ? [' ', note('by-inferred')] : [])] : [say('publisher-unknown')]), ' · ',
    ...(date ? [make('time', { dateTime: date }, date), ' ', note(`date-${basis}`)] : [say('date-unknown')]),
  ];
}

const around = (text) => (text ? [make('span', { className: 'around' }, pack.texts[text])] : []);

function piece(e) {
  const alleged = pack.isAlleged.has(e);
  const start = pack.start[e];
  const source = sourceOf(pack.document[e], start, start + pack.length[e]);
  if (pack.page[e]) source.push(' · ', say('page-number', { page: pack.page[e] }));
  if (pack.spot[e]) source.push(' · ', pack.texts[(language() ? pack.spot_en : pack.spot)[e]]);
  if (pack.section[e]) source.push(' · ', make('span', { lang: 'zh-CN' }, say('section', { section: pack.texts[pack.section[e]] })));
  if (pack.unit[e]) source.push(' · ', say('acting-as', { unit: pack.texts[pack.unit[e]] }));
  const why = Array.from(pack.reason.subarray(pack.whyFrom[e], pack.whyFrom[e + 1]), (number) => {
    const [kind, zh, en, ...words] = pack.reasons[number];
    return make('div', {}, make('dt', { className: kind }, data.texts[`why-${kind}`] ? say(`why-${kind}`) : kind), make('dd', {}, language() ? en : zh, ...words.flatMap((word) => [' ', quoted(word)])));
  });
  const copies = pack.copies[e];
  const unclear = isUnclear(e);
  return make('article', { className: `ev g-${unclear ? 'undecided' : alleged ? 'alleged' : gradeOf(e)}`, 'data-piece': e },
    make('p', { className: 'evhead' }, make('span', { className: 'grade' }, unclear ? `${UNDECIDED} ${say('level-undecided')}` : alleged ? `${ALLEGED} ${gradeSaid(e)}` : gradeSaid(e)), ' ',
      make('span', { className: 'score' }, unclear ? say('undecided-score', { percent: pack.percent[e], grade: say(`grade-${gradeOf(e)}`) }) : say('score-of', { percent: pack.percent[e] })), ' ',
      pack.when[e] === 2 ? tag('evidence-predates', true) : tag(pack.when[e] === 4 ? 'evidence-undated' : 'evidence-after'),
      ...(pack.voluntary[e] ? [' ', tag('voluntary')] : []), ...shared(e)),
    make('blockquote', { lang: 'zh-CN' }, ...around(pack.before[e]), make('span', { className: 'q' }, ...runsOf(e)), ...around(pack.after[e])),
    make('p', { className: 'src' }, ...source),
    make('dl', { className: 'why' }, ...why),
    rulingsOn(e),
    ...(copies ? [make('details', { className: 'copies' }, make('summary', {}, say('copies', { number: copies.length })), make('ul', {}, ...copies.map((place) => make('li', {}, ...sourceOf(...place)))))] : []));
}

/** Says so where one sentence about a firm is marked for other requirements too. */
function shared(e) {
  const number = pack.sharing.get(pack.sentence[e]) - 1;
  return number > 0 ? [' ', make('span', { className: 'tag' }, say('same-sentence', { number }))] : [];
}

function isOld(pieces) {
  return pieces.length > 0 && pieces.every((e) => pack.when[e] === 2);
}

/** Whether the evidence that makes a cell's status scored low, and no reviewer has spoken. */
const isTentative = (key) => Boolean(pack) && pack.scores[key] > 0 && pack.scores[key] < data.tentativeBelow && !humanLetter(key);
const tentativeSaid = () => say('level-tentative', { percent: data.tentativeBelow });

/** The score of a cell; one that nothing but allegations stands in has none. */
function scoreOfCell({ q, f }) {
  const percent = pack.scores[q * COLUMNS + f];
  return percent ? [` · ${say('cell-score', { percent })}`] : [];
}

/** The evidence of a cell as a section, or nothing where there is none. */
function evidenceOf(place, titled = false) {
  const pieces = piecesOf(place);
  if (!pieces.length) return null;
  const row = data.rows[place.q];
  const level = levelOf(place.q, place.f);
  const lead = titled ? [make('b', {}, say(`level-${level}`)), ' · '] : [];
  return make('section', { className: 'cell' },
    ...(titled ? [make('h5', {}, signAt(place), ' ', make('a', { href: `#q${place.q}` }, make('span', { className: 'clause' }, row.clause[language()]), ' ', row.title[language()]), ...standingOf(place.q))] : []),
    make('p', { className: 'state' }, ...lead, say('pieces', { number: pieces.length }), ...scoreOfCell(place),
      ...(isVoluntary(place.q, place.f) ? [' ', make('span', { className: 'tag' }, outside(place.q, pieces))] : []), ...(isOld(pieces) ? [' ', tag('level-predates', true)] : []), ...(isTentative(place.q * COLUMNS + place.f) ? [' ', make('span', { className: 'tag' }, tentativeSaid())] : []), ...saidOfCell(place),
      ...(titled ? [' ', make('a', { className: 'back', href: addressOfCell(place), 'data-cell': `${place.f}-${place.q}` }, say('to-matrix'))] : [])),
    ...pieces.map((e) => piece(e)),
    make('p', { className: 'next' }, say(`next-${pack.isAlleged.has(pieces[0]) ? 'alleged' : gradeOf(pieces[0])}`)));
}
