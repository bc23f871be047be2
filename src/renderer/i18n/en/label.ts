export const label = {
  set: '{{total}} images labelled {{name}}',
  cleared: 'Labels taken off {{total}} images',
  accepted: '{{total}} predictions accepted',
} as const;
