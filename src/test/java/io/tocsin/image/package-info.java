/** The image, and the pipeline as containers of it. */
package io.tocsin.image;
