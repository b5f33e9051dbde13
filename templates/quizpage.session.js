// A session, as debatekit/quiz/session.py has it: a list of events from which place,
// what comes back and the score are replayed; and where the browser keeps it.

const ITEMS = [];
for (const block of QUIZ.blocks) {
  for (const item of block.items) ITEMS.push({ ...item, passages: block.passages });
}
const ITEM = new Map(ITEMS.map((item) => [item.id, item]));
const KEEP = `debatekit:${QUIZ.kit.id}:${QUIZ.form.code}`;
const WISHES = "debatekit:settings";

/** Queue, place and first answers, from one pass over the events. */
function replayed(events) {
  const queue = ITEMS.map((item) => item.id);
  const first = new Map();
  let place = 0;
  let extended = false;
  for (const event of events) {
    if (event.kind === "draft" || event.item !== queue[place]) continue;
    if (event.kind === "back") {
      place = Math.max(0, place - 1);
      continue;
    }
    if (event.kind === "answer" && !first.has(event.item)) first.set(event.item, event);
    place += 1;
    if (place === ITEMS.length && !extended) {
      extended = true;
      for (const { id } of ITEMS) {
        if (!first.has(id) || !first.get(id).right) queue.push(id);
      }
    }
  }
  return { queue, place, first, current: queue[place], again: place >= ITEMS.length };
}

/** Label → right and answered, of the first answers; labels in the order of items. */
function tally(first, labelsOf) {
  const table = new Map();
  for (const { id } of ITEMS) {
    const event = first.get(id);
    for (const label of event ? labelsOf(QUIZ.key[id]) : []) {
      const row = table.get(label) || { right: 0, answered: 0 };
      table.set(label, {
        right: row.right + (event.right ? 1 : 0),
        answered: row.answered + 1,
      });
    }
  }
  return table;
}

/** What the browser keeps, if it does: not in private windows, not where forbidden. */
const kept = {
  works: true,
  read(name) {
    try {
      return JSON.parse(window.localStorage.getItem(name));
    } catch (failure) {
      if (!(failure instanceof SyntaxError)) this.works = false;
      return null;
    }
  },
  write(name, value) {
    try {
      if (value === null) window.localStorage.removeItem(name);
      else window.localStorage.setItem(name, JSON.stringify(value));
    } catch {
      this.works = false;
    }
  },
};

let wishes = { keys: true, sure: false };
const EMPTY = {
  mark: QUIZ.mark,
  events: [],
  draft: null,
  begun: "",
  ended: "",
  resumed: false,
};
let state = { ...EMPTY };
let changed = false;

function load() {
  const saved = kept.read(KEEP);
  changed = Boolean(saved) && saved.mark !== QUIZ.mark;
  const whole = Boolean(saved) && !changed && Array.isArray(saved.events);
  state = whole ? { ...EMPTY, ...saved } : { ...EMPTY };
  wish({ ...wishes, ...kept.read(WISHES) });
}

function wish(chosen) {
  wishes = chosen;
  kept.write(WISHES, wishes);
}

function append(event) {
  state = { ...state, events: [...state.events, event], draft: null };
  kept.write(KEEP, state);
}

function keepDraft(draft) {
  state = { ...state, draft };
  kept.write(KEEP, state);
}

function forget() {
  state = { ...EMPTY };
  kept.write(KEEP, null);
}
