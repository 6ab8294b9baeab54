import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/style.css';
import { askAhead } from './app/ahead';

const ahead = askAhead();
void import('./app/start').then(({ start }) => start(ahead));
