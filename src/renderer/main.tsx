import './strict-csp.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '#base/assert.ts';
import { App } from './app/app.tsx';
import { startTexts } from './i18n/i18n.ts';
import { watchEngine } from './state/watch-engine.ts';
import { mirrorInAddress } from './state/view.ts';

await startTexts('en');
mirrorInAddress();
watchEngine(new AbortController().signal);

createRoot(must(document.getElementById('root'), 'the page has a root element')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
