"use strict";
(() => {
  const form = document.getElementById("filter");
  const rows = [...document.querySelectorAll("#findings > li")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const chosen = (name) => document.getElementById(name).value;
  const show = () => {
    const wanted = { severity: chosen("severity"), code: chosen("code"), file: chosen("file") };
    const words = chosen("words").toLowerCase().split(/\s+/).filter(Boolean);
    let number = 0;
    rows.forEach((row, place) => {
      const fits = Object.entries(wanted).every(([name, value]) => !value || row.dataset[name] === value)
        && words.every((word) => texts[place].includes(word));
      row.hidden = !fits;
      number += fits;
    });
    document.getElementById("shown").textContent = `${number} of ${rows.length} findings`;
    document.getElementById("nothing").hidden = number > 0 || rows.length === 0;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  form.hidden = rows.length === 0;
  if (rows.length) { show(); }
})();
