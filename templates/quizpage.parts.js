// What the screens are built of. Texts only ever become text nodes.

const practice = document.getElementById("practice");
const MARKS = { right: "✓", wrong: "✗", part: "◐" };
const GAP = "____";
// The item in front of the student: its entry, parts of the screen, what was asked for.
let asked = null;

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat());
  return element;
}

function para(...children) {
  return el("p", {}, ...children);
}

function button(text, action, attributes = {}) {
  const made = el("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", action);
  return made;
}

/** Our prose; what stands in “…” in the typeface of quotations. */
function voiced(text) {
  return text
    .split(/(“[^”]*”)/)
    .filter(Boolean)
    .map((part) =>
      part.startsWith("“") ? el("span", { class: "quoted" }, part) : part,
    );
}

function quoted(text) {
  return el("span", { class: "quoted" }, `“${text}”`);
}

function notes(list) {
  return list.map((note) =>
    el("span", { class: "note" }, el("b", {}, "Source check. "), voiced(note)),
  );
}

function counted(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** Put a new screen in the page and the reader at its heading. */
function show(title, children, move = true) {
  const heading = el("h2", { tabindex: "-1", id: "heading" }, title);
  practice.replaceChildren(heading, ...children.flat());
  document.title = `${title}: ${QUIZ.kit.title}`;
  if (!move) return;
  window.scrollTo(0, 0);
  heading.focus();
}

function reading(passages) {
  if (!passages.length) return el("p", { class: "about" }, "Without a passage.");
  const title = passages.length === 1 ? "Passage" : "Passages";
  return el(
    "section",
    { class: "reading", "aria-label": title, tabindex: "0" },
    el("h3", {}, title),
    passages
      .map((passage) => [
        el("p", { class: "context" }, voiced(passage.context)),
        el(
          "blockquote",
          {},
          para(quoted(passage.text)),
          el("p", { class: "cite" }, passage.cite),
        ),
        passage.notes.map((note) =>
          el("p", { class: "note" }, el("b", {}, "Source check. "), voiced(note)),
        ),
      ])
      .flat(2),
  );
}

function stemOf(item) {
  if (item.type !== "cloze") return voiced(item.stem);
  const [before, after] = item.stem.split(GAP);
  return [...voiced(before), el("span", { class: "gap" }, "gap"), ...voiced(after)];
}

/** The groups of controls an item asks for. */
function questions(item) {
  const { type } = item;
  const stem = item.second ? ["Part A. ", ...stemOf(item)] : stemOf(item);
  if (type === "written") return [words("text", stem, item.lines)];
  if (type === "cloze") return [el("p", { class: "stem" }, stem), gapField()];
  if (type === "true-false") return [trueFalse(stem)];
  if (type === "matching") return [matching(item, stem)];
  if (type === "ordering") return [ordering(item, stem)];
  const made = [
    choices("a", stem, item.options, type === "multiple" ? item.wanted : 1),
  ];
  if (item.second) {
    made.push(
      choices("b", ["Part B. ", ...voiced(item.second.stem)], item.second.options, 1),
    );
  }
  return made;
}

function choices(name, stem, options, wanted) {
  const kind = wanted > 1 ? "checkbox" : "radio";
  return el(
    "fieldset",
    { "data-part": name },
    el("legend", { class: "stem" }, stem),
    wanted > 1
      ? el("p", { class: "how" }, `Choose every right answer (${wanted} of them).`)
      : "",
    options.map((option) => optionLabel(kind, name, option.letter, option)),
  );
}

function optionLabel(kind, name, value, option) {
  return el(
    "label",
    { class: "option", "data-letter": value },
    el("input", { type: kind, name, value }),
    option.letter ? el("b", {}, option.letter) : "",
    el(
      "span",
      {},
      option.quoted ? quoted(option.text) : voiced(option.text),
      notes(option.notes || []),
    ),
  );
}

function words(name, label, lines) {
  const id = `field-${name}`;
  return el(
    "div",
    {},
    el("label", { class: "stem", for: id }, label),
    el("textarea", { id, name, rows: Math.max(2, lines || 2) }),
  );
}

function gapField() {
  return el(
    "div",
    {},
    el("label", { for: "field-text" }, "What is missing?"),
    el("input", {
      id: "field-text",
      name: "text",
      type: "text",
      autocapitalize: "off",
      spellcheck: "false",
    }),
  );
}

function trueFalse(stem) {
  const field = words("text", "It is false: put it right.", 2);
  field.hidden = true;
  const group = el(
    "fieldset",
    { "data-part": "a" },
    el("legend", { class: "stem" }, "True or false? ", stem),
    optionLabel("radio", "a", "T", { text: "True", quoted: false }),
    optionLabel("radio", "a", "F", { text: "False", quoted: false }),
    field,
  );
  group.addEventListener("input", () => {
    field.hidden = picked("a") !== "F";
  });
  return group;
}

function chooser(name, label, options) {
  const id = `field-${name}`;
  return el(
    "div",
    { class: "choose", "data-name": name },
    el("label", { for: id }, label),
    el(
      "select",
      { id, name },
      el("option", { value: "" }, "choose …"),
      options.map(([value, text]) => el("option", { value }, text)),
    ),
  );
}

function matching(item, stem) {
  const letters = item.options.map(({ letter, text, quoted: words_ }) => [
    letter,
    `${letter}: ${words_ ? `“${text}”` : text}`,
  ]);
  const left = item.options.length - item.prompts.length;
  return el(
    "fieldset",
    {},
    el("legend", { class: "stem" }, stem),
    el(
      "p",
      { class: "how" },
      "Choose a letter for each number; no letter twice.",
      left ? ` ${counted(left, "letter")} left over.` : "",
    ),
    el(
      "ul",
      { class: "listed" },
      item.options.map((option) =>
        el(
          "li",
          {},
          el("b", {}, option.letter),
          " ",
          option.quoted ? quoted(option.text) : voiced(option.text),
        ),
      ),
    ),
    item.prompts.map((prompt, n) =>
      chooser(`n${n}`, [el("b", {}, String(n + 1)), " ", ...voiced(prompt)], letters),
    ),
  );
}

function ordering(item, stem) {
  const places = item.options.map((_, n) => [
    String(n + 1),
    n === 0 ? "1 (first)" : String(n + 1),
  ]);
  return el(
    "fieldset",
    {},
    el("legend", { class: "stem" }, stem),
    el("p", { class: "how" }, "Give each its place: 1 is the first. No place twice."),
    item.options.map((option) =>
      chooser(
        `o${option.letter}`,
        [
          el("b", {}, option.letter),
          " ",
          ...(option.quoted ? [quoted(option.text)] : voiced(option.text)),
        ],
        places,
      ),
    ),
  );
}

function sureness() {
  return el(
    "fieldset",
    { class: "sure" },
    el("legend", {}, "How sure are you? (you may leave this out)"),
    optionLabel("radio", "sure", "sure", { text: "Sure", quoted: false }),
    optionLabel("radio", "sure", "unsure", { text: "Not sure", quoted: false }),
  );
}

function controls() {
  return [...asked.form.querySelectorAll("input, select, textarea")];
}

function picked(name) {
  const chosen = controls().filter((one) => one.name === name && one.checked);
  return chosen.map((one) => one.value).join("");
}

function valueOf(name) {
  const field = controls().find((one) => one.name === name);
  return field ? field.value.trim() : "";
}

/** What is answered so far: letters and words, or a problem in one sentence. */
function answer() {
  const { item } = asked;
  const letters = item.options.map((option) => option.letter);
  const span = `${letters[0]} to ${letters[letters.length - 1]}`;
  const skip = "or skip the item.";
  const all = (list) => list.every(Boolean) && new Set(list).size === list.length;
  switch (item.type) {
    case "written":
    case "cloze": {
      const text = valueOf("text");
      return { letter: "", text, problem: text ? "" : `Write an answer, ${skip}` };
    }
    case "true-false": {
      const letter = picked("a");
      const text = letter === "F" ? valueOf("text") : "";
      if (!letter) return { problem: `Choose true or false, ${skip}` };
      return {
        letter,
        text,
        problem: letter === "F" && !text ? `Put the statement right, ${skip}` : "",
      };
    }
    case "matching": {
      const list = item.prompts.map((_, n) => valueOf(`n${n}`));
      return {
        letter: list.join(""),
        text: "",
        problem: all(list) ? "" : `Choose a different letter for each number, ${skip}`,
      };
    }
    case "ordering": {
      const places = letters.map((letter) => valueOf(`o${letter}`));
      const letter = places
        .map((_, n) => letters[places.indexOf(String(n + 1))])
        .join("");
      return {
        letter,
        text: "",
        problem: all(places) ? "" : `Give each its own place, ${skip}`,
      };
    }
    case "multiple": {
      const letter = picked("a");
      return {
        letter,
        text: "",
        problem:
          letter.length === item.wanted
            ? ""
            : `Choose ${item.wanted} from ${span}, ${skip}`,
      };
    }
    case "two-part": {
      const parts = [picked("a"), picked("b")];
      return {
        letter: parts.join(""),
        text: "",
        problem: parts.every(Boolean) ? "" : `Choose an answer in both parts, ${skip}`,
      };
    }
  }
  return {
    letter: picked("a"),
    text: "",
    problem: picked("a") ? "" : `Choose one from ${span}, ${skip}`,
  };
}
