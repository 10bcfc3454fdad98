// Offers things for a field while one types part of a name; without this, the field takes what is typed.

let asked = 0;

async function offer(field) {
  const words = field.value.trim();
  if (words.length < 2 || words.includes("/")) return;
  const mine = (asked += 1);
  const said = new URLSearchParams({ q: words, kind: field.dataset.kind, format: "json", size: "10" });
  const answer = await fetch(`../search?${said}`);
  if (!answer.ok || mine !== asked) return;
  const { "hydra:member": hits } = await answer.json();
  field.list.replaceChildren(
    ...hits.map((hit) => {
      const option = document.createElement("option");
      option.value = hit.path;
      option.label = hit.fullName ? `${hit.label} (${hit.fullName})` : hit.label;
      option.textContent = option.label;
      return option;
    }),
  );
}

for (const field of document.querySelectorAll("input[data-kind]")) {
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(field).catch(() => undefined), 150);
  });
}
