export const audit = {
  sentence:
    'About <strong>{{errors}}</strong> of {{labels}} labels look wrong <interval>({{low}}–{{high}})</interval>.',
  sentenceFew: 'Hardly any of {{labels}} labels look wrong <interval>(at most {{high}})</interval>.',
  intervalHint: 'In 95 of 100 such audits the true number lies between these two.',
  made: 'Estimated from {{units, number}} labels on {{when}}, each judged by a classifier that never saw it.',
  madeDeep:
    'Estimated from {{units, number}} labels on {{when}}, each judged by a trained network that never saw it.',
  changed_one: '{{count, number}} label changed since; retrain to bring this up to date.',
  changed_other: '{{count, number}} labels changed since; retrain to bring this up to date.',
  review_one: 'Review {{count, number}} suspect',
  review_other: 'Review {{count, number}} suspects',
  retrain: 'Retrain',
  nothing: 'No label was checked yet',
  nothingHint:
    'Label some images of each class, then retrain: every label is checked by a model that never saw it. Press {{key}}.',
  pairs: {
    title: 'Which labels should be which',
    caption: 'Estimated number of wrong labels among the suspects',
    given: 'Labelled',
    suggested: 'Should be',
    hint: 'About how many labels are wrong in this way. Press a number to review them.',
    cell: 'About {{wrong}} labels {{given}} should be {{suggested}}: review {{waiting}}',
    none: 'No pair of classes stands out: there are no suspects left.',
    some: 'The {{count}} classes with most wrong labels, of {{all}}.',
  },
  by: {
    annotators: 'Who gave the labels',
    sources: 'Where the images come from',
    name: 'Name',
    source: 'Folder',
    labels: 'Labels',
    suspects: 'Suspects',
    share: 'Share of suspects',
    axis: 'Share of labels that are suspects, %',
    above: 'more than the rest',
    below: 'fewer than the rest',
    unclear: 'no clear difference',
    tooFew: 'too few to say',
    hint: 'Whiskers are 95 % intervals; the line is the share among all labels. A high share can also mean harder images.',
    show: 'Show the suspects of {{name}}',
  },
  limits: {
    title: 'What this audit cannot say',
    rare_one:
      '<classes/> has fewer than {{least}} labels: the audit cannot tell a wrong label from a rare kind. Look at all of them yourself.',
    rare_other:
      '<classes/> have fewer than {{least}} labels each: the audit cannot tell a wrong label from a rare kind. Look at all of them yourself.',
    recall_one:
      '<classes/> is hardly ever recognised, so most of its labels look doubtful whether wrong or not.',
    recall_other:
      '<classes/> are hardly ever recognised, so most of their labels look doubtful whether wrong or not.',
    unlabelled_one: '{{count, number}} image without a label was not checked.',
    unlabelled_other: '{{count, number}} images without a label were not checked.',
    agreement: 'An error that most labels of a class share looks like the truth to it.',
  },
} as const;
