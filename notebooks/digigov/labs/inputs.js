// A lab's controls. Each is {node, write}: `write` shows a value, `changed(value, fresh)` tells of one that the learner
// chose; fresh is the first of a gesture, since replay goes back to before a whole drag or a key held down.

const INPUTS = { range: rangeInput, switch: switchInput, choice: choiceInput, search: searchInput };

function rangeInput({ spec, id, numbers, changed }) {
  const stops = spec.stops.length ? spec.stops : null;
  const output = el("output", { for: id });
  const input = el("input", {
    type: "range",
    id,
    min: stops ? "0" : String(spec.minimum),
    max: stops ? String(stops.length - 1) : String(spec.maximum),
    step: stops ? "1" : String(spec.step),
  });
  const value = () => (stops ? stops[input.valueAsNumber] : input.valueAsNumber);
  const words = (number) => {
    const shown = numbers.format(number * spec.scale);
    const unit = shown === "1" ? spec.unit_one : spec.unit;
    return `${shown}${unit.startsWith("%") ? "" : " "}${unit}`.trim();
  };
  const write = (number) => {
    input.value = String(stops ? nearest(stops, number) : number);
    output.textContent = words(number);
    input.setAttribute("aria-valuetext", output.textContent);
  };
  let gesture = true;
  for (const end of ["pointerup", "keyup"]) input.addEventListener(end, () => (gesture = true));
  input.addEventListener("input", () => {
    const number = value();
    write(number);
    changed(number, gesture);
    gesture = false;
  });
  return { node: el("div", { class: "dg-control" }, el("label", { for: id }, spec.label), input, output), write };
}

function switchInput({ spec, id, changed }) {
  const input = el("input", { type: "checkbox", id, onchange: () => changed(input.checked, true) });
  return {
    node: el("label", { class: "dg-tick", for: id }, input, ` ${spec.label}`),
    write: (value) => (input.checked = value),
  };
}

function choiceInput({ spec, id, changed }) {
  const options = spec.options.map(([value, label]) => el("option", { value }, label));
  const select = el("select", { id, onchange: () => changed(select.value, true) }, ...options);
  return {
    node: el("div", { class: "dg-control dg-chosen" }, el("label", { for: id }, spec.label), select),
    write: (value) => (select.value = value),
  };
}

// A text field with the browser's own suggestions. The kernel decides what a name means: also one typed without
// diacritics, in the other language, or one that nothing has.
function searchInput({ spec, id, changed }) {
  const names = new Map(spec.options.map(([key, name]) => [key, name]));
  const suggestions = spec.options.map(([key, name, ...others]) => el("option", { value: name, label: [plain(name), ...others, key].join(" · ") }));
  let shown = "";
  const input = el("input", { type: "text", id, list: `${id}-names`, autocomplete: "off", spellcheck: "false" });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("change", () => input.value.trim() && input.value !== shown && changed(input.value, true));
  input.addEventListener("blur", () => (input.value = input.value.trim() || shown));
  return {
    node: el("div", { class: "dg-control dg-chosen" }, el("label", { for: id }, spec.label), input, el("datalist", { id: `${id}-names` }, ...suggestions)),
    write: (value) => {
      shown = names.get(value) ?? value; // a name that was refused is followed by the value that stayed
      input.value = shown;
      if (input.matches(":focus")) input.select(); // the next name is typed over this one
    },
  };
}

function nearest(stops, number) {
  return stops.reduce((best, stop, index) => (Math.abs(stop - number) < Math.abs(stops[best] - number) ? index : best), 0);
}
