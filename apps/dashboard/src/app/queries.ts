import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './session';

/** What the API has answered, kept for the screens. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal is not mended by asking again; a broken network may be.
      retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 2,
    },
  },
});
