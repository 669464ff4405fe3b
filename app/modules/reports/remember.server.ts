export { remember } from '#app/platform/remember.server.ts';
