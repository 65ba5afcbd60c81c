// Reads JSON strings (one YAML document each) and writes what sigs.k8s.io/yaml makes of it: {"ok": value} or {"error": text}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

func main() {
	texts := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		var text string
		if texts.Decode(&text) != nil {
			return
		}
		if value, err := yaml.YAMLToJSON([]byte(text)); err != nil {
			message, _ := json.Marshal(err.Error())
			fmt.Fprintf(out, "{\"error\":%s}\n", message)
		} else {
			fmt.Fprintf(out, "{\"ok\":%s}\n", value)
		}
	}
}
