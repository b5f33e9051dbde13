// One item: shown, answered, hinted at, skipped; half an answer is kept.

function showNext(said) {
  const now = replayed(state.events);
  if (now.current === undefined) {
    showSummary();
    return;
  }
  const item = ITEM.get(now.current);
  const draft = state.draft && state.draft.item === item.id ? state.draft : null;
  asked = {
    item,
    now,
    entry: QUIZ.key[item.id],
    form: el("form", { class: "task", novalidate: true, autocomplete: "off" }),
    more: el("div"),
    hints: el("ol", { class: "hints" }),
    shown: 0,
    since: Date.now(),
    problem: el("p", { class: "problem", id: "problem", role: "alert" }),
    feedback: el("div", { class: "feedback", role: "status" }),
    buttons: el("p", { class: "buttons" }),
    stage: "",
  };
  asked.form.append(
    ...questions(item),
    wishes.sure ? sureness() : "",
    asked.more,
    el("div", { role: "status" }, asked.hints),
    asked.problem,
    asked.feedback,
    asked.buttons,
  );
  asked.form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  asked.form.addEventListener("input", remember);
  waiting();
  const again = now.again ? ", once more" : "";
  const place = `Item ${item.number} of ${ITEMS.length}${again}`;
  const about = [`skill: ${item.skill}`, counted(item.points, "point")];
  if (now.first.has(item.id)) about.push("your first answer counts");
  show(place, [
    el("progress", {
      max: now.queue.length,
      value: now.place,
      "aria-label": "Progress",
    }),
    said ? el("p", { class: "notice" }, said) : "",
    el(
      "div",
      { class: item.passages.length ? "beside" : "alone" },
      reading(item.passages),
      el(
        "div",
        { class: "question" },
        el("p", { class: "about" }, about.join(" · ")),
        asked.form,
      ),
    ),
  ]);
  if (draft) restore(draft);
}

function waiting() {
  const { entry, now } = asked;
  const steps = entry.hints.length;
  const hint = button(`Hint (${steps})`, nextHint, { id: "hint" });
  asked.buttons.replaceChildren(
    el("button", { type: "submit", class: "main", "data-main": true }, "Answer"),
    steps ? hint : "",
    button("Skip", skip, { id: "skip" }),
    now.place ? button("Back", back, { id: "back" }) : "",
  );
}

/** Whether the answer is given, though perhaps not yet scored by the student. */
function isScored() {
  return ["score", "done"].includes(asked.stage);
}

function skip() {
  if (isScored()) return;
  const { item, now } = asked;
  const first = now.first.get(item.id);
  append({ kind: "skip", item: item.id });
  ended();
  showNext(
    now.again || (first && first.right)
      ? "Skipped."
      : "Skipped; it comes back at the end.",
  );
}

function back() {
  if (isScored() || !asked.now.place) return;
  append({ kind: "back", item: asked.item.id });
  showNext();
}

function nextHint() {
  const { entry } = asked;
  const step = entry.hints[asked.shown];
  if (!step || isScored()) return;
  asked.shown += 1;
  asked.hints.append(el("li", {}, voiced(step)));
  const left = entry.hints.length - asked.shown;
  const control = document.getElementById("hint");
  if (control) {
    control.textContent = left ? `Hint (${left})` : "No more hints";
    control.setAttribute("aria-disabled", String(left === 0));
  }
  remember();
}

/** Keep what is half done, so that a reload loses nothing. */
function remember() {
  if (asked.stage === "done") return;
  const values = controls()
    .filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked)
    .map((one) => [one.name, one.value]);
  keepDraft({
    kind: "draft",
    item: asked.item.id,
    values,
    hints: asked.shown,
    stage: asked.stage,
  });
}

function restore(draft) {
  for (let n = 0; n < draft.hints; n += 1) nextHint();
  const fill = () => {
    for (const one of controls()) {
      const mine = draft.values.filter(([name]) => name === one.name);
      if (["radio", "checkbox"].includes(one.type)) {
        one.checked = mine.some(([, value]) => value === one.value);
      } else if (mine.length) {
        [[, one.value]] = mine;
      }
    }
    asked.form.dispatchEvent(new Event("input"));
    const group = asked.form.querySelector("fieldset");
    if (group) group.dispatchEvent(new Event("input"));
  };
  fill();
  if (draft.stage === "near") askAgain();
  if (draft.stage === "score") askScore();
  if (draft.stage) fill();
}

function submit() {
  const { item, entry } = asked;
  if (asked.stage === "done") {
    showNext();
    return;
  }
  const given = answer();
  let { problem } = given;
  const own = asked.stage === "score" ? picked("own") : "";
  if (!problem && asked.stage === "score" && !own)
    problem = "Choose what your answer earns.";
  asked.problem.textContent = "";
  if (problem) {
    complain(problem);
    return;
  }
  const judged =
    entry.guide ||
    (item.type === "true-false" &&
      given.letter === "F" &&
      entry.letter === "F" &&
      item.points > 1);
  if (judged && !own) {
    askScore();
  } else if (
    item.type === "cloze" &&
    !asked.stage &&
    match(given.text, entry.answers) === "near"
  ) {
    askAgain();
  } else if (entry.guide) {
    finish(own, given.text, Math.floor((Number(own) * item.points) / 2));
  } else {
    const response = item.type === "cloze" ? given.text : given.letter;
    finish(given.letter, given.text, earned(entry, response, own === "y"));
  }
}

/** Say what is amiss, beside the first control it concerns. */
function complain(problem) {
  const open = controls().filter(
    (one) => !one.disabled && !one.closest("[hidden]") && one.name !== "sure",
  );
  const isEmpty = (one) =>
    ["radio", "checkbox"].includes(one.type) ? !picked(one.name) : !one.value.trim();
  const field = open.find(isEmpty) || open[0];
  const around = ["radio", "checkbox"].includes(field.type) ? "fieldset" : "div";
  field.closest(around).before(asked.problem);
  asked.problem.textContent = problem;
  field.setAttribute("aria-describedby", asked.problem.id);
  field.focus({ preventScroll: true });
  asked.problem.scrollIntoView({ block: "center" });
}

function askAgain() {
  asked.stage = "near";
  complain("Close: check the spelling. Your next answer counts.");
  remember();
}

/** Show what a good answer says and let the student score their own. */
function askScore() {
  const { entry } = asked;
  asked.stage = "score";
  for (const one of controls()) if (one.name !== "sure") one.disabled = true;
  const { guide } = entry;
  const choice = (value, text) =>
    optionLabel("radio", "own", value, { text, quoted: false });
  asked.more.replaceChildren(
    el(
      "p",
      { class: "sample" },
      el("b", {}, guide ? "A full answer: " : "A right correction: "),
      voiced(guide ? guide.sample : entry.correction),
    ),
    el(
      "fieldset",
      { class: "own" },
      el(
        "legend",
        { tabindex: "-1" },
        guide ? "What does yours earn?" : "Is yours right?",
      ),
      guide
        ? [
            choice("2", `2 points: ${guide.full}`),
            choice("1", `1 point: ${guide.part}`),
            choice("0", `0 points: ${guide.none}`),
          ]
        : [choice("y", "Yes"), choice("n", "No")],
    ),
  );
  const score = el(
    "button",
    { type: "submit", class: "main", "data-main": true },
    "Score it",
  );
  asked.buttons.replaceChildren(score);
  remember();
  asked.more.querySelector("legend").focus();
}

function ended() {
  if (replayed(state.events).current !== undefined || state.ended) return;
  state = { ...state, ended: new Date().toISOString() };
  kept.write(KEEP, state);
}

function finish(letter, text, points) {
  const { item } = asked;
  const event = {
    kind: "answer",
    item: item.id,
    letter,
    right: points === item.points,
    points,
    text,
    sure: picked("sure"),
    hints: asked.shown,
    seconds: Math.round((Date.now() - asked.since) / 1000),
  };
  asked.stage = "done";
  append(event);
  ended();
  for (const one of controls()) one.disabled = true;
  asked.feedback.replaceChildren(...feedback(item, asked.entry, event));
  const last = replayed(state.events).current === undefined;
  const next = button(last ? "Show the result" : "Next", () => showNext(), {
    class: "main",
    "data-main": true,
    id: "next",
  });
  asked.buttons.replaceChildren(next);
  next.focus({ preventScroll: true });
  const high = asked.feedback.offsetHeight > window.innerHeight * 0.8;
  (high ? asked.feedback : asked.buttons).scrollIntoView({
    block: high ? "start" : "nearest",
  });
}
