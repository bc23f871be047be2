import { config } from 'zod';

// zod compiles validators with `new Function` where it may. The content security policy forbids that, and every
// attempt is reported in the console, so it must be off before the first schema is made: keep this import first.
config({ jitless: true });
