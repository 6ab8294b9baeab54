export * from './errors.js';
export * from './provisioning.js';
export * from './roles.js';
export * from './sealing.js';
export * from './snapshot.js';
export * from './presence.js';
export * from './totp.js';
export { demoCity, type DemoCity, type DemoPoint } from './demo-city/demo-city.js';
