// Interactive figures, drawn over the pictures that are already in the page.
//
//   <figure class="fig" data-figure="/…/figure.json" data-plotly="/static/vendor/plotly-basic.min.js">
//
// The picture stays until the figure stands, stays if anything fails, and is what is printed.
(() => {
  "use strict";

  const figures = [...document.querySelectorAll("figure[data-figure]")];
  if (!figures.length || !("IntersectionObserver" in window)) return;
  // Where the reader's palette replaces all colors the picture follows it, which a figure cannot.
  if (window.matchMedia("(forced-colors: active)").matches) return;

  const NARROWEST = 640;
  // The mode bar would break accessibility: the named picture and the table stand beside the figure.
  const config = { responsive: false, displaylogo: false, showSendToCloud: false, displayModeBar: false };
  const live = new Map();
  let library;

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const wordColors = {
    moving_away: "--away", target_missed: "--off", off_track: "--off", data_overdue: "--overdue",
    slightly_behind: "--behind", on_track: "--on", target_met: "--met",
  };
  const colorOf = (word) => color(wordColors[word] || "--quiet");

  const thin = (hex) => `rgba(${[1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16)).join(",")},0.16)`;

  function loadLibrary(address) {
    if (window.Plotly) return Promise.resolve();
    library ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", resolve, { once: true });
      script.addEventListener("error", () => reject(new Error("The chart library did not load.")), { once: true });
      document.head.append(script);
    });
    return library;
  }

  // The lines of each role in the colors of the theme now shown.
  function themedTrace(trace) {
    const role = trace.meta?.role;
    const ink = {
      actual: "--ink", plan: "--spruce", ghost: "--ink-3", benchmark: "--ink-3", forecast: "--ink-3",
    }[role];
    const stroke = role === "gap" ? colorOf(trace.meta.word) : color(ink || "--ink");
    const themed = { ...trace, line: { ...trace.line, color: stroke } };
    if (trace.marker) {
      const open = role === "plan";
      themed.marker = {
        ...trace.marker,
        color: open ? color("--paper") : stroke,
        line: { ...trace.marker.line, color: role === "actual" || role === "gap" ? color("--paper") : stroke },
      };
    }
    if (trace.fill) themed.fillcolor = thin(stroke);
    if (trace.error_y) themed.error_y = { ...trace.error_y, color: stroke };
    return themed;
  }

  // What each shape of the layout is filled and drawn with; any other name is a status word.
  const looks = {
    range: ["--spruce-tint"], day: [null, "--ink-2"], gold: ["--aspen", "--aspen-ink"], tie: [null, "--edge"],
    done: ["--spruce", "--spruce"], to_come: ["--paper", "--spruce"], hole: [null, "--paper"],
    illustration: [null, "--aspen"],
  };

  function themedShape(shape) {
    const [fill, line] = (looks[shape.name] || []).map((name) => name && color(name));
    const own = looks[shape.name] ? null : colorOf(shape.name);
    return {
      ...shape,
      ...(shape.fillcolor && { fillcolor: own || fill }),
      line: { ...shape.line, color: own || line },
    };
  }

  function themedLayout(layout) {
    const tones = { day: "--ink-2", plan: "--spruce", ink: "--ink", quiet: "--ink-3" };
    const tone = ({ name }) => (tones[name] ? color(tones[name]) : colorOf(name));
    const quiet = { color: color("--ink-3") };
    return {
      ...layout,
      font: { ...layout.font, color: color("--ink-2") },
      hoverlabel: { bgcolor: color("--paper"), bordercolor: color("--edge"), font: { color: color("--ink") } },
      xaxis: {
        ...layout.xaxis, linecolor: color("--ink"), tickcolor: color("--ink"), spikecolor: color("--edge"), tickfont: quiet,
      },
      yaxis: { ...layout.yaxis, gridcolor: color("--rule"), tickfont: quiet },
      shapes: (layout.shapes || []).map(themedShape),
      annotations: (layout.annotations || []).map((note) => ({ ...note, font: { ...note.font, color: tone(note) } })),
    };
  }

  // The figure's numbers, its words placed for the width at hand and the shape of the picture it stands over.
  async function numbersFor(figure) {
    const address = new URL(figure.dataset.figure, window.location.href);
    address.searchParams.set("size", window.matchMedia("(min-width: 70rem)").matches ? "c-w" : "c-m");
    address.searchParams.set("width", Math.floor(figure.clientWidth / 4) * 4);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The figure's numbers did not come: ${answer.status}.`);
    return answer.json();
  }

  async function draw(figure) {
    const [numbers] = await Promise.all([numbersFor(figure), loadLibrary(figure.dataset.plotly)]);
    const place = document.createElement("div");
    place.className = "fig__live";
    // It takes the picture's name and description over with its place: hidden words may still name an image.
    place.setAttribute("role", "img");
    place.setAttribute("aria-labelledby", figure.querySelector("svg[role=img]").getAttribute("aria-labelledby"));
    figure.prepend(place);
    // Its place has a width only when shown; the picture follows off the screen once the figure stands.
    figure.classList.add("fig--drawing");
    try {
      await window.Plotly.newPlot(place, numbers.data.map(themedTrace), themedLayout(numbers.layout), config);
      figure.classList.add("fig--live");
      live.set(place, numbers);
    } catch (failure) {
      place.remove();
      throw failure;
    } finally {
      figure.classList.remove("fig--drawing");
    }
  }

  const redraw = ([place, numbers]) => (
    window.Plotly.react(place, numbers.data.map(themedTrace), themedLayout(numbers.layout), config)
  );
  const recolor = () => [...live].forEach(redraw);

  // Once the window has its new width; a figure that has become too narrow gives way to its picture.
  async function refit() {
    for (const place of live.keys()) {
      const figure = place.parentElement;
      const fits = figure.clientWidth >= NARROWEST;
      figure.classList.toggle("fig--live", fits);
      if (!fits) continue;
      try {
        live.set(place, await numbersFor(figure));
        await redraw([place, live.get(place)]);
      } catch {
        figure.classList.remove("fig--live");
      }
    }
  }
  let waiting;
  function resized() {
    clearTimeout(waiting);
    waiting = setTimeout(refit, 200);
  }

  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      // A phone keeps the picture: it is drawn for that width, with its labels placed.
      if (entry.target.clientWidth < NARROWEST) continue;
      draw(entry.target).catch(() => entry.target.classList.remove("fig--live"));
    }
  }, { rootMargin: "300px" });

  for (const figure of figures) observer.observe(figure);
  window.addEventListener("resize", resized);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolor);
  new MutationObserver(recolor).observe(document.documentElement, { attributeFilter: ["data-theme"] });
})();
