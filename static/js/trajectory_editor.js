// Moves the points of a planned path on its drawing, in step with the table beside it.
//
//   <figure data-sketch><svg class="sketch" data-first data-last data-left data-right data-low data-high
//     data-top data-bottom data-decimals data-suffix>… <path data-line/><g data-points></g></svg></figure>
//
// The fields are the truth: a point that is moved writes its field, a field that is typed moves its point, and the
// field's own change event asks the server how past results would be judged. Without this file the table does it all.
(() => {
  "use strict";

  const form = document.querySelector("form.revise");
  if (!form) return;

  const NAMESPACE = "http://www.w3.org/2000/svg";
  const amount = (text) => {
    const cleaned = (text || "").replace(/[,%$\s\u00a0]/g, "").replace("\u2212", "-");
    return cleaned === "" || Number.isNaN(Number(cleaned)) ? null : Number(cleaned);
  };
  const whole = (text) => (/^-?\d+$/.test(text || "") ? Number(text) : null);
  const field = (name) => form.elements.namedItem(name);
  const labelOf = (select) => select.selectedOptions[0]?.textContent.trim() || "";

  // Every point that has a period and a value: baseline, the rows of the table, target.
  function points() {
    const found = [];
    const add = (select, input, kind) => {
      const place = select && whole(select.value);
      const value = input && amount(input.value);
      if (place !== null && value !== null) found.push({ place, value, kind, select, input });
    };
    add(field("baseline_period"), field("baseline_value"), "baseline");
    form.querySelectorAll("[name=point_period]").forEach((select) => {
      add(select, select.closest("tr").querySelector("[name=point_value]"), "row");
    });
    add(field("target_period"), field("target_value"), "target");
    return found.sort((one, other) => one.place - other.place);
  }

  const isStepped = () => {
    const shape = form.querySelector("[name=shape]:checked")?.value;
    return shape === "steps" || (shape === "by_hand" && form.querySelector("[name=interpolation]:checked")?.value === "step");
  };

  // The scales of one drawing, from its attributes.
  function scalesOf(svg) {
    const n = Object.fromEntries(Object.entries(svg.dataset).map(([key, text]) => [key, Number(text)]));
    const share = (value, from, to) => (to === from ? 0.5 : (value - from) / (to - from));
    const within = (value) => Math.min(Math.max(value, n.low), n.high);
    return {
      low: n.low, high: n.high, decimals: n.decimals, suffix: svg.dataset.suffix,
      x: (place) => n.left + share(place, n.first, n.last) * (n.right - n.left),
      y: (value) => n.bottom + share(within(value), n.low, n.high) * (n.top - n.bottom),
      place: (x) => Math.round(n.first + share(x, n.left, n.right) * (n.last - n.first)),
      value: (y) => within(n.low + share(y, n.bottom, n.top) * (n.high - n.low)),
    };
  }

  function line(scales, path) {
    let drawn = "";
    path.forEach((point, index) => {
      const x = scales.x(point.place), y = scales.y(point.value);
      if (!index) drawn = `M${x} ${y}`;
      else drawn += isStepped() ? `H${x}V${y}` : `L${x} ${y}`;
    });
    return drawn;
  }

  // The line follows the fields; the circles are made anew only where their number changed, so that focus stays.
  function redraw() {
    const path = points(), moving = path.filter((point) => point.kind !== "baseline");
    document.querySelectorAll("[data-sketch] svg").forEach((svg) => {
      const scales = scalesOf(svg), group = svg.querySelector("[data-points]");
      svg.querySelector("[data-line]").setAttribute("d", line(scales, path));
      if (group.querySelectorAll("[role=slider]").length !== moving.length) {
        group.replaceChildren(...moving.map(() => handle(svg)));
      }
      group.querySelectorAll("[role=slider]").forEach((mark, index) => place(mark, scales, moving[index]));
    });
  }

  function handle(svg) {
    const mark = document.createElementNS(NAMESPACE, "g");
    mark.setAttribute("role", "slider");
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("aria-orientation", "vertical");
    for (const [look, radius] of [["hit", 16], ["g-wp", 6.5]]) {
      const circle = document.createElementNS(NAMESPACE, "circle");
      circle.setAttribute("class", look);
      circle.setAttribute("r", radius);
      mark.append(circle);
    }
    mark.addEventListener("keydown", (event) => onKey(event, svg, mark));
    mark.addEventListener("pointerdown", (event) => onGrab(event, svg, mark));
    // A finger on a point moves the point, not the page; `touch-action` alone does not reach parts of a drawing.
    mark.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    return mark;
  }

  function place(mark, scales, point) {
    mark.point = point;
    mark.setAttribute("transform", `translate(${scales.x(point.place)} ${scales.y(point.value)})`);
    mark.setAttribute("aria-label", labelOf(point.select));
    mark.setAttribute("aria-valuemin", scales.low);
    mark.setAttribute("aria-valuemax", scales.high);
    mark.setAttribute("aria-valuenow", point.value);
    mark.setAttribute("aria-valuetext", `${point.value.toFixed(scales.decimals)}${scales.suffix}`);
  }

  // Writes a new value, and for a point between a new period if it is free and between its neighbors.
  function move(point, value, at, scales) {
    point.input.value = value.toFixed(scales.decimals);
    if (point.kind === "row" && at !== point.place) {
      const path = points(), here = path.findIndex((other) => other.select === point.select);
      const isFree = here > 0 && here < path.length - 1 && at > path[here - 1].place && at < path[here + 1].place;
      if (isFree && [...point.select.options].some((option) => option.value === String(at))) point.select.value = String(at);
    }
    if (point.kind === "row") byHand();
    redraw();
  }

  // A point moved by hand makes the shape one's own.
  function byHand() {
    const own = form.querySelector("[name=shape][value=by_hand]");
    if (own) own.checked = true;
  }

  const tell = (point) => point.input.dispatchEvent(new Event("change", { bubbles: true }));

  let waiting;
  function onKey(event, svg, mark) {
    const scales = scalesOf(svg), step = 10 ** -scales.decimals, point = mark.point;
    const up = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!up && !along) return;
    event.preventDefault();
    const value = Math.min(Math.max(point.value + (up || 0) * step, scales.low), scales.high);
    move(point, value, point.place + (along || 0), scales);
    clearTimeout(waiting);
    waiting = setTimeout(() => { waiting = undefined; tell(mark.point); }, 400);
  }

  function onGrab(event, svg, mark) {
    const scales = scalesOf(svg);
    event.preventDefault();
    mark.focus({ preventScroll: true });
    mark.classList.add("is-held");
    mark.setPointerCapture(event.pointerId);
    const onMove = (moved) => {
      const spot = new DOMPoint(moved.clientX, moved.clientY).matrixTransform(svg.getScreenCTM().inverse());
      move(mark.point, scales.value(spot.y), scales.place(spot.x), scales);
    };
    const onLeave = () => {
      mark.classList.remove("is-held");
      mark.removeEventListener("pointermove", onMove);
      tell(mark.point);
    };
    mark.addEventListener("pointermove", onMove);
    mark.addEventListener("lostpointercapture", onLeave, { once: true });
  }

  // The picture becomes a group of sliders: a picture's parts are hidden from assistive technology.
  function begin() {
    document.querySelectorAll("[data-sketch] svg").forEach((svg) => svg.setAttribute("role", "group"));
    document.querySelectorAll("[data-needs-script]").forEach((words) => { words.hidden = false; });
    redraw();
  }

  // While a field of the path is being typed in, no answer may overwrite it: its own change asks again.
  let typed = false;
  form.addEventListener("input", (event) => {
    if (["point_value", "point_period"].includes(event.target.name)) byHand();
    if (event.target.closest("#path")) typed = true;
    redraw();
  });
  document.addEventListener("htmx:beforeRequest", () => { typed = false; });
  // An answer that draws the path anew keeps the point in hand; one that comes while keys are pressed is out of date.
  let held, isRemoving = false;
  form.addEventListener("click", (event) => { isRemoving = Boolean(event.target.closest("[value^='remove-']")); });
  const sliders = () => [...document.querySelectorAll("[data-sketch] [role=slider]")];
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (waiting !== undefined || (typed && event.detail.target.id === "path")) event.detail.shouldSwap = false;
    held = sliders().indexOf(document.activeElement);
  });
  document.addEventListener("htmx:afterSettle", () => {
    begin();
    // A button that removed the last point went with it.
    if (isRemoving && [null, document.body].includes(document.activeElement)) {
      isRemoving = false;
      document.getElementById("g-add")?.focus({ preventScroll: true });
    }
    if (held >= 0 && !sliders().includes(document.activeElement)) sliders()[held]?.focus({ preventScroll: true });
  });
  begin();
})();
