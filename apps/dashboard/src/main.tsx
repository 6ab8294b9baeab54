import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/style.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './i18n/i18n';
import { App } from './app/app';
import { printLight } from './app/light-paper';

printLight();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
