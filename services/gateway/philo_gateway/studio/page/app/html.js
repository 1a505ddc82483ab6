// One place that binds htm to Preact, so that every view imports from here.
export { html, render } from 'htm/preact';
export { useEffect, useId, useMemo, useRef } from 'preact/hooks';
export { batch, computed, effect, signal, useComputed, useSignal } from '@preact/signals';
