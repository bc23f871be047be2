import { Emitter, type Dispose } from '#base/emitter.ts';
import { imageSize, stageSize, type ImageSize, type StagePoint } from './spaces.ts';
import { actualSize, fit, follow, middle, panBy, zoomAt, type Scene, type View } from './view.ts';

/** Holds what a canvas shows; the canvas, keys and buttons all move it through here. */
export class ViewController {
  #scene: Scene = { image: imageSize(1, 1), stage: stageSize(1, 1), pixelRatio: 1 };
  #view: View = fit(this.#scene);
  readonly #changed = new Emitter<View>();

  /** Calls `listener` after every move. */
  readonly onChange = (listener: (view: View) => void): Dispose => this.#changed.on(listener);
  readonly view = (): View => this.#view;
  readonly scene = (): Scene => this.#scene;

  /** The stage was laid out anew, or went to a screen with other pixels. */
  layOut(stage: Pick<Scene, 'stage' | 'pixelRatio'>): void {
    const after = { ...this.#scene, ...stage };
    this.#show(follow(this.#view, this.#scene, after), after);
  }

  /** Another image is shown: fitted, or at the place and zoom of the one before. */
  open(image: ImageSize, keep: boolean): void {
    const after = { ...this.#scene, image };
    this.#show(keep ? follow(this.#view, this.#scene, after) : fit(after), after);
  }

  fit(): void {
    this.#show(fit(this.#scene));
  }

  /** 100 %, around a point of the stage or its middle. */
  actualSize(at: StagePoint = middle(this.#scene.stage)): void {
    this.#show(actualSize(this.#view, this.#scene, at));
  }

  /** Zooms by a factor, around a point of the stage or its middle. */
  zoom(factor: number, at: StagePoint = middle(this.#scene.stage)): void {
    this.#show(zoomAt(this.#view, this.#scene, { factor, at }));
  }

  pan(distance: StagePoint): void {
    this.#show(panBy(this.#view, this.#scene, distance));
  }

  #show(view: View, scene: Scene = this.#scene): void {
    this.#scene = scene;
    this.#view = view;
    this.#changed.emit(view);
  }
}
