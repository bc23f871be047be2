export const data = {
  action: {
    addImages: 'Add images',
    exportCsv: 'Export labels as CSV',
    newClass: 'New class',
  },
} as const;
