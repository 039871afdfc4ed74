import type { ProjectionProblem } from '#main/record/projection-problem';
import type { Progress, Projected, ProjectorOptions } from '#main/record/projector';

/** What a projector in a thread of its own begins with. */
export type WorkerRequest = Pick<
  ProjectorOptions,
  'directory' | 'name' | 'projection' | 'isFollowing' | 'until' | 'isLocked' | 'patienceMs'
>;

export type FromProjector =
  | { readonly kind: 'address_wanted' }
  | { readonly kind: 'told'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly projected: Projected }
  | { readonly kind: 'stopped'; readonly problem: ProjectionProblem }
  | { readonly kind: 'failed'; readonly stack: string };

export type ToProjector =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'no_address'; readonly why: string }
  | { readonly kind: 'stop' };
