export const data = {
  action: {
    addImages: '이미지 추가',
    exportCsv: '라벨을 CSV로 내보내기',
    newClass: '새 클래스',
  },
} as const;
