export const augmentation = {
  hint: 'Each time a network sees an image it is varied a little, so that it learns what matters and not one picture by heart. Switch off what would turn one class into another.',
  places: 'Place and shape',
  colours: 'Light and colour',
  reset: 'Back to the defaults',
  name: {
    mirror: 'Mirror left and right',
    flip: 'Turn upside down',
    crop: 'Cut off the sides',
    rotation: 'Turn',
    shear: 'Slant',
    elastic: 'Bend softly',
    brightness: 'Brightness',
    contrast: 'Contrast',
    saturation: 'Strength of colours',
    pcaColour: 'Tint',
  },
  advice: {
    mirror: 'Leave it off where left and right matter: chest X-rays, lettering, findings on one side.',
    flip: 'For images without an up, as under a microscope. Leave it off where posture or gravity shows.',
    crop: 'Keep it small where what matters may lie at the edge, or where size tells classes apart.',
    rotation:
      'Any angle for images without an up; a few degrees for a camera held by hand. Leave it off where direction matters.',
    shear: 'Leave it off where angles or shapes tell classes apart.',
    elastic:
      'For soft things: tissue, cells, handwriting. Leave it off for rigid things, and where outlines tell classes apart.',
    brightness:
      'For light that varies. Keep it small where how dark something is tells classes apart, as in X-rays.',
    contrast: 'For exposure that varies. Keep it small where faint against clear tells classes apart.',
    saturation:
      'For stains and cameras that vary. Leave it off for grey images, and where strength of colour tells classes apart.',
    pcaColour:
      'Shifts colours the way your images differ from each other, as another stain or lamp would. Keep it small where hue tells classes apart.',
  },
  value: {
    off: 'off',
    share: 'up to {{share}} %',
    either: 'up to ±{{share}} %',
    degrees: 'up to ±{{degrees}}°',
  },
  sheet: {
    title: 'How training may see your images',
    original: 'Original',
    variants: 'Varied, differently each time',
    unchanged: 'Nothing is varied: training sees the same pictures each time.',
    others: 'Show others',
    originalOf: '{{name}}, as it is',
    variantOf: '{{name}}, variant {{number}}',
    none: 'Label images to see some of them here.',
  },
} as const;
