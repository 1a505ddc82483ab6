// In by phone: a number, then the six digits that were sent to it.
import { html, useEffect, useSignal } from '../html.js';
import { t } from '../i18n.js';
import { Problem } from '../problem.js';
import { enter, sendCode } from '../session.js';
import { Wrong } from '../parts/trouble.js';

const NUMBER = /^\+[\d ()-]{8,}$/;

/** @param {{wordsFor: (problem: Problem) => string}} props */
export function PhoneForm({ wordsFor }) {
  const [phone, wrong, sent, wait] = [useSignal(''), useSignal(''), useSignal(false), useSignal(0)];
  useEffect(() => {
    const tick = setInterval(() => wait.value && (wait.value -= 1), 1000);
    return () => clearInterval(tick);
  }, []);

  /** @param {() => Promise<void>} step */
  const attempt = async (step) => {
    wrong.value = '';
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong.value = error.status === 401 ? error.detail || t('in.badcode') : wordsFor(error);
    }
  };
  const send = () =>
    attempt(async () => {
      wait.value = (await sendCode(phone.value)).retry_after;
      sent.value = true;
    });
  const ask = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (NUMBER.test(phone.value.trim())) send();
    else wrong.value = t('in.nophone');
  };
  const check = (/** @type {any} */ event) => {
    event.preventDefault();
    const code = String(new FormData(event.target).get('code'));
    attempt(() => enter({ phone: phone.value, code }));
  };
  const other = () => {
    sent.value = false;
    wrong.value = '';
  };

  if (!sent.value)
    return html`
      <form onSubmit=${ask} novalidate>
        <div class="field">
          <label for="tel">${t('in.phone')}</label>
          <input id="tel" type="tel" class="input num" autocomplete="tel" placeholder="+86 138 0013 8000"
            value=${phone.value} aria-describedby="bad tel-hint" aria-invalid=${Boolean(wrong.value)}
            onInput=${(/** @type {any} */ event) => (phone.value = event.target.value)} />
          <p class="hint" id="tel-hint">${t('in.phonehint')}</p>
        </div>
        <${Wrong} id="bad">${wrong.value}</${Wrong}>
        <button class="btn main wide">${t('in.send')}</button>
      </form>`;
  return html`
    <form onSubmit=${check} novalidate>
      <p class="quiet small">${t('in.sent', phone.value)}</p>
      <div class="field">
        <label for="code">${t('in.code')}</label>
        <input id="code" name="code" class="input code num" inputmode="numeric" autocomplete="one-time-code" maxlength="6"
          pattern="[0-9]*" ref=${(/** @type {HTMLElement | null} */ field) => field?.focus()}
          aria-invalid=${Boolean(wrong.value)} aria-describedby="bad" />
      </div>
      <${Wrong} id="bad">${wrong.value}</${Wrong}>
      <button class="btn main wide">${t('in.check')}</button>
      <p class="between small">
        <button type="button" class="link" onClick=${other}>${t('in.other')}</button>
        <button type="button" class="num quiet" disabled=${wait.value > 0} onClick=${send}>${t('in.again', wait.value)}</button>
      </p>
    </form>`;
}
