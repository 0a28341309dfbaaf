// The way of containerd and Docker: archive/tar over compress/gzip, one file after the other.
package main

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"log"
	"os"
	"path/filepath"
	"time"
)

func main() {
	archive, err := os.Open(os.Args[1])
	check(err)
	stream, err := gzip.NewReader(archive)
	check(err)
	reader := tar.NewReader(stream)
	times := map[string]time.Time{}
	buffer := make([]byte, 32<<10)
	for {
		header, err := reader.Next()
		if err == io.EOF {
			break
		}
		check(err)
		path := filepath.Join(os.Args[2], header.Name)
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		switch header.Typeflag {
		case tar.TypeDir:
			check(os.MkdirAll(path, 0o755))
			check(os.Chmod(path, header.FileInfo().Mode()))
			times[path] = header.ModTime
		case tar.TypeSymlink:
			check(os.Symlink(header.Linkname, path))
		case tar.TypeLink:
			check(os.Link(filepath.Join(os.Args[2], header.Linkname), path))
		case tar.TypeReg:
			file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, header.FileInfo().Mode())
			check(err)
			_, err = io.CopyBuffer(file, reader, buffer)
			check(err)
			check(file.Chmod(header.FileInfo().Mode()))
			check(file.Close())
			check(os.Chtimes(path, header.ModTime, header.ModTime))
		}
	}
	for path, modified := range times {
		check(os.Chtimes(path, modified, modified))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
