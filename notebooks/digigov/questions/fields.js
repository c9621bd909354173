// One field a kind: a node, `read` for what the learner has entered, `write` to show an answer given before.

function choices(card, options, type) {
  const inputs = options.map(({ id, text }, index) =>
    el("input", { type, name: `${card.uid}-choice`, value: id, id: `${card.uid}-${index}` }),
  );
  const rows = options.map(({ text }, index) =>
    el("label", { class: "dg-choice", for: `${card.uid}-${index}` }, inputs[index], el("span", {}, text)),
  );
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    node: el("div", { class: "dg-choices" }, ...rows),
    read: () => (type === "radio" ? (chosen()[0] ?? null) : chosen()),
    write: (given) => inputs.forEach((input) => (input.checked = [given].flat().map(String).includes(input.value))),
  };
}

function trueFalse(card) {
  const field = choices(card, ["true", "false"].map((id) => ({ id, text: card.say(id) })), "radio");
  return { ...field, read: () => ({ true: true, false: false })[field.read()] ?? null };
}

function numberField(card) {
  const id = `${card.uid}-number`;
  const input = el("input", { type: "text", inputmode: "decimal", id, autocomplete: "off", size: 12 });
  const label = el("label", { for: id }, card.say("number"));
  return {
    node: el("div", { class: "dg-number-field" }, label, input, el("span", {}, card.question.unit)),
    read: () => input.value.trim(),
    write: (given) => (input.value = typeof given === "number" ? given.toLocaleString(card.model.get("language")) : given),
  };
}

function predictField(card) {
  const [low, high, step] = card.question.range;
  const field = numberField(card);
  const input = field.node.querySelector("input");
  const slider = el("input", {
    type: "range",
    min: String(low),
    max: String(high),
    step: String(step),
    "aria-labelledby": `${card.uid}-stem`,
    oninput: () => (input.value = slider.valueAsNumber.toLocaleString(card.model.get("language"))),
  });
  slider.value = String((low + high) / 2); // at an end it would be a hint
  field.node.append(slider);
  const write = (given) => {
    field.write(given);
    if (typeof given === "number") slider.value = String(given);
  };
  return { ...field, write };
}

// Words with one or more selects beside them; under them where there is no room.
function row(words, ...fields) {
  return el("div", { class: "dg-row" }, el("span", {}, words), ...fields);
}

function select(card, label, options) {
  const choices = options.map(({ id, text }) => el("option", { value: id }, text));
  return el("select", { "aria-label": label }, el("option", { value: "" }, card.say("choose")), ...choices);
}

function sortField(card) {
  const { rows, axes } = card.question;
  const selects = {};
  const field = (row, axis) => {
    const node = select(card, `${axis.title}: ${row.text}`, axis.categories);
    selects[row.id] = { ...selects[row.id], [axis.id]: node };
    return axes.length > 1 ? el("label", {}, axis.title, node) : node;
  };
  const each = (visit) =>
    Object.fromEntries(
      Object.entries(selects).map(([row, byAxis]) => [
        row,
        Object.fromEntries(Object.entries(byAxis).map(([axis, node]) => [axis, visit(node, row, axis)])),
      ]),
    );
  return {
    node: el("div", {}, ...rows.map((one) => row(one.text, ...axes.map((axis) => field(one, axis))))),
    read: () => each((node) => node.value),
    write: (given) => each((node, row, axis) => (node.value = given[row]?.[axis] ?? "")),
  };
}

function orderField(card) {
  const list = el("ol", { class: "dg-order" });
  const byId = Object.fromEntries(card.question.steps.map(({ id, text }) => [id, text]));
  const move = (id, by) => {
    const ids = read();
    const at = ids.indexOf(id);
    const to = at + by;
    if (to < 0 || to >= ids.length) return;
    ids.splice(to, 0, ...ids.splice(at, 1));
    write(ids);
    list.querySelector(`[data-id="${id}"] [data-by="${by}"]`).focus();
  };
  const button = (id, by, key) =>
    el(
      "button",
      { type: "button", "data-by": String(by), "aria-label": `${card.say(key)}: ${byId[id]}`, onclick: () => move(id, by) },
      by < 0 ? "↑" : "↓",
    );
  const write = (ids) =>
    list.replaceChildren(
      ...ids.map((id) => el("li", { "data-id": id }, button(id, -1, "up"), button(id, 1, "down"), el("span", {}, byId[id]))),
    );
  const read = () => [...list.children].map((row) => row.dataset.id);
  write(card.question.steps.map(({ id }) => id));
  return { node: list, read, write };
}

function matchField(card) {
  const { left, right } = card.question;
  const selects = Object.fromEntries(left.map(({ id, text }) => [id, select(card, text, right)]));
  const each = (visit) => Object.fromEntries(Object.entries(selects).map(([id, node]) => [id, visit(node, id)]));
  return {
    node: el("div", {}, ...left.map(({ id, text }) => row(text, selects[id]))),
    read: () => each((node) => node.value),
    write: (given) => each((node, id) => (node.value = given[id] ?? "")),
  };
}

function textField(card) {
  const area = el("textarea", { rows: 3, "aria-labelledby": `${card.uid}-stem` });
  return { node: area, read: () => area.value.trim(), write: (given) => (area.value = given) };
}

const FIELDS = {
  single: (card) => choices(card, card.question.options, "radio"),
  several: (card) => choices(card, card.question.options, "checkbox"),
  true_false: trueFalse,
  number: numberField,
  predict: predictField,
  sort: sortField,
  order: orderField,
  match: matchField,
  text: textField,
  opinion: (card) => (card.question.options ? choices(card, card.question.options, "radio") : textField(card)),
};
