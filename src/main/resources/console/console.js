// Says how old what you see is. The pages work without it.
(() => {
  const checked = document.getElementById('checked');
  const stale = document.getElementById('stale');
  let last = new Date();

  const time = (date) => date.toISOString().slice(11, 19) + ' UTC';

  const answered = () => {
    last = new Date();
    checked.hidden = false;
    checked.querySelector('time').textContent = time(last);
    if (!stale.hidden) {
      stale.hidden = true;
      stale.textContent = '';
    }
  };

  const silent = (why) => {
    if (stale.hidden) {
      stale.textContent = `${why}. What you see is of ${time(last)}. Load balancers go on with what they have.`;
      stale.hidden = false;
    }
  };

  document.addEventListener('htmx:afterRequest', (event) => {
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (status >= 200 && status < 300) {
      answered();
    } else if (status === 503) {
      silent('The database does not answer');
    } else if (status >= 400) {
      silent(`The server answers ${status}`);
    } else {
      silent('The server does not answer');
    }
  });
})();
