// A form that asks for a proof of work: a worker finds it while the person types. Whoever sends the form earlier sees how
// far it is, and the form goes off by itself. When no worker runs, the form is sent without, and waiting pays for it.
for (const box of document.querySelectorAll('[data-proof]')) prepare(box, box.closest('form'));

function prepare(box, form) {
  const answer = form?.elements['proof-answer'];
  const { proof: seed, bits, parts, worker: address, working, done } = box.dataset;
  if (!answer || answer.value || !address || !window.Worker) return;
  const status = box.querySelector('[role=status]');
  const bar = box.querySelector('progress');
  let worker;
  let finished = false;
  let waiting;

  const finish = (found) => {
    if (finished) return;
    finished = true;
    worker.terminate();
    answer.value = found;
    bar.hidden = true;
    status.textContent = waiting && found ? done : '';
    if (waiting) form.requestSubmit(waiting.submitter);
  };
  const start = () => {
    if (worker) return;
    worker = new Worker(address);
    worker.onmessage = ({ data }) => {
      bar.value = data.done;
      if (data.answer) finish(data.answer);
    };
    worker.onerror = () => finish('');
    worker.postMessage({ seed, bits: Number(bits), parts: Number(parts) });
  };

  form.addEventListener('focusin', start, { once: true });
  form.addEventListener('submit', (event) => {
    if (finished) return;
    event.preventDefault();
    waiting = event;
    bar.hidden = false;
    status.textContent = working;
    start();
  });
}
