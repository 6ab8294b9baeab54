import type { Browser } from 'playwright-core';
import { buildCity, type City } from './city.js';
import { testsOfTheDay } from './day.js';
import { testsOfFigures } from './figures.js';
import { testsOfPages } from './pages.js';
import { testsOfRoles } from './roles.js';
import type { Stage } from './stage.js';
import { testsOfStates } from './states.js';
import { openBrowser, Visitor } from './visitor.js';

/**
 * The dashboard as officers have it: Debian's Chromium before the built system, whose data came from terminals and
 * through the API. Every visitor complains of errors in the console and of requests outside.
 */
let city: City;
let browser: Browser;
let visitors: Visitor[] = [];

beforeAll(async () => {
  [city, browser] = await Promise.all([buildCity(), openBrowser()]);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await city?.stop();
}, 60_000);
afterEach(async () => {
  const complaints = visitors.flatMap((visitor) => visitor.complaints);
  await Promise.all(visitors.map((visitor) => visitor.close()));
  visitors = [];
  expect(complaints).toEqual([]);
});

const stage: Stage = {
  city: () => city,
  visit: async (username, { path = '/', ...options } = {}) => {
    const visitor = await Visitor.open(browser, { origin: city.system.apiUrl, ...options });
    visitors.push(visitor);
    return visitor.signIn(username, city.passwords[username]!, path);
  },
};

describe("the officer's day", () => testsOfTheDay(stage));

describe('every page', () => testsOfPages(stage));

describe('roles', () => testsOfRoles(stage));

describe('figures', () => testsOfFigures(stage));

describe('states', () => testsOfStates(stage));
