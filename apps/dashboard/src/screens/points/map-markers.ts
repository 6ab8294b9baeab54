import { Marker, type GeoJSONSource, type Map as Ground } from 'maplibre-gl';
import { colourAt, POINTS, type districtsOf } from './map-layers';

/**
 * Text on the map stands in elements of the page: drawn text would need glyph files from somewhere. Counts are buttons,
 * so that the keyboard reaches what the mouse does.
 */
export class MapMarkers {
  readonly #clusters = new Map<string, Marker>();
  #names: Marker[] = [];

  constructor(
    private readonly map: Ground,
    private readonly source: GeoJSONSource,
    private readonly told: (count: string) => string,
  ) {}

  /** Shows the clusters that are in sight now, and takes away those that are not. */
  showClusters(): void {
    const seen = new Set<string>();
    for (const { properties, geometry } of this.map.querySourceFeatures(POINTS, { filter: ['has', 'point_count'] })) {
      const { cluster_id: id, point_count: count, level, cases } = properties as Record<string, number>;
      const key = [id, count, level, cases].join('/');
      if (seen.has(key) || geometry.type !== 'Point') continue;
      seen.add(key);
      if (this.#clusters.has(key)) continue;
      const at = geometry.coordinates as [number, number];
      const element = this.#count(id!, count!, level!, cases! > 0, at);
      this.#clusters.set(key, new Marker({ element }).setLngLat(at).addTo(this.map));
    }
    for (const [key, marker] of this.#clusters)
      if (!seen.has(key)) {
        marker.remove();
        this.#clusters.delete(key);
      }
  }

  /** Above its district, where the circles of the points do not cover it. */
  showNames(districts: ReturnType<typeof districtsOf>): void {
    for (const marker of this.#names) marker.remove();
    this.#names = districts.map(({ properties: { name, top } }) => {
      const element = Object.assign(document.createElement('span'), { className: 'map-district', textContent: name });
      element.setAttribute('aria-hidden', 'true');
      return new Marker({ element, anchor: 'bottom' }).setLngLat([...top]).addTo(this.map);
    });
  }

  #count(id: number, count: number, level: number, hasCases: boolean, at: [number, number]): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = hasCases ? 'map-cluster map-cluster-cases' : 'map-cluster';
    button.textContent = String(count);
    button.style.borderColor = colourAt(level);
    const size = `${Math.round(28 + 6 * Math.log2(count))}px`;
    Object.assign(button.style, { width: size, height: size });
    button.setAttribute('aria-label', this.told(String(count)));
    button.addEventListener('click', (event) => {
      event.stopPropagation();
      void this.source
        .getClusterExpansionZoom(id)
        .then((zoom) => this.map.easeTo({ center: at, zoom: Math.max(zoom, this.map.getZoom() + 1) }));
    });
    return button;
  }
}
