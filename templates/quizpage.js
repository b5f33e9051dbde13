// The screens around the items, and the keys.

// ------------------------------------------------------------------------- start

function showStart(said, move = true) {
  asked = null;
  const { first, current } = replayed(state.events);
  const begun = state.events.length > 0 || state.draft !== null;
  const lines = [];
  if (said) lines.push(el("p", { class: "notice", role: "status" }, said));
  lines.push(
    para(
      `${counted(ITEMS.length, "item")}, ${counted(QUIZ.form.points, "point")}. `,
      "Every answer is explained at once; what was wrong comes back once at the end.",
    ),
    el(
      "p",
      { class: "notice" },
      "The answers are in this file: a determined student can read them. ",
      "Use it to practise, not to grade.",
    ),
  );
  if (changed) {
    lines.push(para("The quiz has changed since you left it: a new one starts."));
  }
  lines.push(
    para(
      kept.works
        ? "This browser keeps your answers, on this machine, until you start again."
        : "This browser keeps nothing: you lose your answers when you close the page.",
      " Nothing is sent anywhere.",
    ),
  );
  if (begun) {
    const how = current === undefined ? "finished" : "left";
    lines.push(
      para(
        `You ${how} this quiz with ${first.size} of ${ITEMS.length} items answered.`,
      ),
    );
  }
  const go = begun ? (current === undefined ? "Show the result" : "Go on") : "Start";
  lines.push(
    el(
      "p",
      { class: "buttons" },
      button(go, begin, { class: "main", "data-main": true }),
      begun ? button("Start again", startAgain) : "",
      button("Print the quiz", () => window.print()),
    ),
    settings(),
  );
  show("Before you start", lines, move);
}

function begin() {
  if (!state.begun) state = { ...state, begun: new Date().toISOString() };
  else if (!state.ended) state = { ...state, resumed: true };
  showNext();
}

function startAgain() {
  if (!window.confirm("Delete the answers kept here and start again?")) return;
  forget();
  changed = false;
  showStart("Deleted.");
}

function settings() {
  const choice = (name, text) => {
    const box = el("input", { type: "checkbox", "data-wish": name });
    box.checked = wishes[name];
    box.addEventListener("change", () => {
      wish({ ...wishes, [name]: box.checked });
      for (const other of document.querySelectorAll(`[data-wish="${name}"]`)) {
        other.checked = box.checked;
      }
    });
    return el("label", { class: "option" }, box, el("span", {}, text));
  };
  return el(
    "fieldset",
    { class: "settings" },
    el("legend", {}, "Settings"),
    choice(
      "keys",
      "Single keys choose and lead on, such as A, n and ? (never while you type)",
    ),
    choice("sure", "Ask me how sure I am (from the next item on)"),
  );
}

const HELP = [
  ["A to F, or 1 to 6", "choose that option (T or F: true or false)"],
  ["Enter", "answer; then the next item"],
  ["n", "next item; one that is not answered is skipped"],
  ["p", "previous item"],
  ["h", "a hint"],
  ["?", "this help"],
];

function helpDialog() {
  const rows = HELP.map(([key, does]) =>
    el("tr", {}, el("th", { scope: "row" }, key), el("td", {}, does)),
  );
  const dialog = el("dialog", { "aria-labelledby": "help-title" });
  const close = button("Close", () => dialog.close(), { class: "main" });
  const fill = () => {
    dialog.replaceChildren(
      el("h2", { id: "help-title" }, "Help and settings"),
      para(
        "Skipped and wrong items come back once at the end. The first answer counts. ",
        "Hints cost no points.",
      ),
      el("table", {}, el("caption", {}, "Keys"), el("tbody", {}, rows)),
      settings(),
      el("p", { class: "buttons" }, close),
    );
    dialog.showModal();
  };
  document.body.append(dialog);
  document
    .getElementById("tools")
    .append(button("Help and settings", fill, { id: "help" }));
}

// ----------------------------------------------------------------------- summary

function showSummary() {
  asked = null;
  const { first } = replayed(state.events);
  const answered = [...first.values()];
  const right = answered.filter((event) => event.right).length;
  const sum = answered.reduce((points, event) => points + event.points, 0);
  const lines = [
    el(
      "p",
      { class: "verdict" },
      el("b", {}, `Done: ${right} of ${ITEMS.length} right at the first answer.`),
    ),
    para(`${sum} of ${counted(QUIZ.form.points, "point")}.`),
  ];
  if (answered.length < ITEMS.length)
    lines.push(para(`Never answered: ${ITEMS.length - answered.length}.`));
  const sure = answered.filter((event) => event.sure === "sure");
  if (sure.length) {
    const held = sure.filter((event) => event.right).length;
    lines.push(
      para(`Sure of ${counted(sure.length, "answer")}, and right in ${held} of them.`),
    );
  }
  lines.push(
    table(
      "By skill",
      "Skill",
      tally(first, (entry) => [entry.skill]),
    ),
    table(
      "By side of the passage",
      "Side",
      tally(first, (entry) => entry.sides),
    ),
    saving(),
    readAgain(first),
    el("p", { class: "buttons" }, button("Start again", startAgain)),
  );
  show("Your result", lines);
}

function table(caption, first, rows) {
  if (!rows.size) return "";
  const cells = [...rows].map(([label, row]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, label),
      el("td", {}, String(row.right)),
      el("td", {}, String(row.answered)),
    ),
  );
  const heads = [first, "Right", "Answered"].map((head) =>
    el("th", { scope: "col" }, head),
  );
  return el(
    "table",
    {},
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, heads)),
    el("tbody", {}, cells),
  );
}

function readAgain(first) {
  const missed = ITEMS.filter(({ id }) => !first.has(id) || !first.get(id).right);
  if (!missed.length) return "";
  return el(
    "section",
    { "aria-label": "To read again" },
    el("h3", {}, "To read again"),
    el(
      "ul",
      {},
      missed.map((item) => {
        const places = [
          ...new Set(QUIZ.key[item.id].proofs.map((proof) => proof.cite)),
        ];
        return el(
          "li",
          {},
          `Item ${item.number}: `,
          stemOf(item),
          el("span", { class: "cite" }, ` ${places.join("; ")}`),
        );
      }),
    ),
  );
}

function saving() {
  const field = el("input", { id: "name", type: "text", autocomplete: "name" });
  const save = () => {
    const text = `${JSON.stringify(result(field.value.trim()), null, 2)}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = el("a", {
      href: address,
      download: `${QUIZ.kit.id}-practice-${QUIZ.form.code}.json`,
    });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(address), 60000);
  };
  return el(
    "section",
    { "aria-label": "Save the result" },
    el("h3", {}, "Save the result"),
    el(
      "label",
      { for: "name" },
      "Name (you may leave it empty; it goes only into the file)",
    ),
    field,
    el("p", { class: "buttons" }, button("Save result", save, { class: "main" })),
  );
}

// -------------------------------------------------------------------------- keys

function choose(key) {
  const groups = [...asked.form.querySelectorAll("fieldset[data-part]")];
  const open = groups.find((group) => !group.querySelector(":checked"));
  const held = groups.find((group) => group.contains(document.activeElement));
  const group = open || held || groups[0];
  if (!group || asked.stage) return false;
  const boxes = [...group.querySelectorAll("[data-letter] input")];
  const box =
    boxes.find((one) => one.value === key.toUpperCase()) || boxes[Number(key) - 1];
  if (!box) return false;
  box.focus();
  box.click();
  return true;
}

function single(key) {
  switch (key) {
    case "?":
      document.getElementById("help").click();
      return true;
    case "n":
      if (asked.stage === "done") showNext();
      else skip();
      return true;
    case "p":
      back();
      return true;
    case "h":
      nextHint();
      return true;
  }
  return choose(key);
}

function pressed(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const typing = target.closest(
    "textarea, select, input:not([type=radio]):not([type=checkbox])",
  );
  if (key === "Enter" && !target.closest("button, a, input, textarea, select")) {
    const main = practice.querySelector("[data-main]");
    if (main) main.click();
    event.preventDefault();
    return;
  }
  if (typing || !wishes.keys || key.length !== 1) return;
  if (asked ? single(key) : key === "?" && single(key)) event.preventDefault();
}

load();
document.documentElement.classList.add("live");
helpDialog();
document.addEventListener("keydown", pressed);
window.addEventListener("storage", (event) => {
  if (event.key !== KEEP) return;
  load();
  showStart("Another window went on with this quiz.");
});
showStart("", false);
