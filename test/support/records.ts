import { created, updated, type Change } from '../../src/core/changes.ts';
import {
  imageUnit,
  type AnnotatorId,
  type ClassId,
  type ImageId,
  type SourceId,
} from '../../src/core/ids.ts';
import type { Class } from '../../src/core/records/class.ts';
import type { Image } from '../../src/core/records/image.ts';
import { labelId, type Label } from '../../src/core/records/label.ts';
import type { Source } from '../../src/core/records/source.ts';

/** Records for tests, made from small numbers. */
export const ann = 'ann' as AnnotatorId;
export const bo = 'bo' as AnnotatorId;
export const actor = { annotator: ann, session: 'session-1' };

export const people: readonly Change[] = [
  created('annotator', { id: ann, name: 'Ann' }),
  created('annotator', { id: bo, name: 'Bo' }),
];

export const slides: Source = {
  id: 'slides' as SourceId,
  name: 'Slides',
  root: '/images/slides',
  addedAt: 1,
};

export function imageId(number: number): ImageId {
  return `image-${number}` as ImageId;
}

export function classId(number: number): ClassId {
  return `class-${number}` as ClassId;
}

export function image(number: number, change: Partial<Image> = {}): Image {
  return {
    id: imageId(number),
    source: slides.id,
    path: `folder/${number}.png`,
    hash: number.toString(16).padStart(64, '0'),
    bytes: 1000 + number,
    width: 640,
    height: 480,
    orientation: 1,
    format: 'png',
    groupId: null,
    split: null,
    addedAt: 2,
    ...change,
  };
}

export function aClass(number: number, change: Partial<Class> = {}): Class {
  return {
    id: classId(number),
    name: `Class ${number}`,
    colour: '#1f77b4',
    hotkey: null,
    position: number,
    parent: null,
    ...change,
  };
}

/** Ann's label of an image, unless changed. */
export function label(imageNumber: number, classNumber: number, change: Partial<Label> = {}): Label {
  const unit = imageUnit(imageId(imageNumber));
  const annotator = change.annotator ?? ann;
  return {
    unit,
    class: classId(classNumber),
    time: 10,
    session: actor.session,
    ...change,
    id: labelId(unit, annotator),
    annotator,
  };
}

/** The changes that create images 0 … count − 1 with their source. */
export function addImages(count: number): Change[] {
  return [
    created('source', slides),
    ...Array.from({ length: count }, (_, number) => created('image', image(number))),
  ];
}

/** The changes that create classes 0 … count − 1. */
export function addClasses(count: number): Change[] {
  return Array.from({ length: count }, (_, number) => created('class', aClass(number)));
}

/** Ann's labels of images 0 … count − 1, all of one class. */
export function addLabels(count: number, classNumber: number): Change[] {
  return Array.from({ length: count }, (_, number) => created('label', label(number, classNumber)));
}

/** Ann changes her labels of images 0 … count − 1 from one class to another. */
export function changeLabels(count: number, from: number, to: number): Change[] {
  return Array.from({ length: count }, (_, number) =>
    updated('label', label(number, from), label(number, to, { time: 11 })),
  );
}
