// Light or dark: what the reader chose, or else what the system says.
import { effect, signal } from '@preact/signals';

const KEPT = 'philo.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const kept = localStorage.getItem(KEPT);

export const theme = signal(kept ?? (dark.matches ? 'dark' : 'light'));
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

dark.addEventListener('change', () => {
  if (!localStorage.getItem(KEPT)) theme.value = dark.matches ? 'dark' : 'light';
});

export function flipTheme() {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEPT, theme.value);
}
